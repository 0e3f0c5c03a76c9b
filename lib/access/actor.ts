export type Role = 'owner' | 'developer' | 'viewer';

/** What a management token may do: each includes those before it; `full` is all its maker may. A browser session is `full`. */
export type Scope = 'read' | 'source' | 'deploy' | 'full';

/** Who acts, known after authentication. Operations take it first and check for themselves with {@link requireRight}. */
export type Actor = {
  userId: string;
  email: string;
  role: Role;
  scope: Scope;
  /** null: a browser session */
  tokenId: string | null;
  /** a token may be narrowed to one app and one environment */
  onlyApp: string | null;
  onlyEnvironment: string | null;
};
