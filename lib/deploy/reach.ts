import { hashOf } from './hash.ts';
import type { DatabaseEngine, Session, Target } from '#elements/database/contract.ts';
import type { DatabaseElement } from '#lib/source/source.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';

/** A database of the release that answered, or a file that a deploy will make. */
export type Reached = {
  element: DatabaseElement;
  resolved: ResolvedElement;
  engine: DatabaseEngine;
  target: Target;
  /** the server's own identity, database and schema; of a file its path */
  identity: string;
  /** null: a file that is not there yet, so an empty database */
  session: Session | null;
};

/** `db.example.com:5432/shop (public)`, `db.example.com\SHOP/shop (dbo)`: a target as people know it, without a secret. */
export function describeTarget({ endpoint, database, schema }: Target): string {
  if (endpoint.kind === 'file') return database ?? 'file';
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  const server = endpoint.instance === undefined ? `${host}:${endpoint.port}` : `${host}\\${endpoint.instance}`;
  return `${server}/${database ?? ''}${schema === null ? '' : ` (${schema})`}`;
}

/** Of a file its path, which it has before it is there; of a server what it says itself. */
export async function identityOf(engine: DatabaseEngine, session: Session | null, target: Target): Promise<string> {
  // its real path is the identity of a file; hashed, since plans show it and no path of the machine leaves the portal
  if (target.endpoint.kind === 'file') return `file ${hashOf(target.endpoint.path).slice(0, 24)}`;
  if (!session) throw new Error('a server has an identity only once it is reached');
  return engine.identity(session, target);
}
