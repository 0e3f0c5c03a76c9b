/**
 * Shapes of the management API (`/api/v1`), shared by its handlers, the portal and the CLI.
 * A failure is problem details (RFC 9457): {@link Problem}. Lists are wrapped in an object, so that they can grow.
 * Authentication: `Authorization: Bearer <management token>`, or the portal's session cookie with a same-origin `Origin`.
 */
import type { Role, Scope } from '#lib/access/actor.ts';
import type { CertificateFacts, GrantKind } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Plan, StageName, StageState } from '#lib/deploy/plan.ts';
import type { Family, FieldTree, VariableDefinition } from '#lib/source/source.ts';
import type { Origin } from '#lib/variables/resolution.ts';

/** application/problem+json */
export type Problem = {
  type: string;
  title: string;
  status: number;
  /** code of `FAULTS` */
  code: string;
  /** one sentence: expected, found, what to do next */
  detail: string;
  reasons: Reason[];
  /** correlation id, also in the log */
  instance: string;
};

// ── people ────────────────────────────────────────────────────────────────
// GET  /session                         → Me
// POST /login {email, password}         → {token}            for `mooring login`: a management token of scope full
// POST /setup {proof|ownerToken, email, password, printToken?, expires?}  → {user, token?}
// POST /setup/reset-owner {proof, email, password} → {user}
// GET  /users → {users}   POST /users {email, role} → {link}   POST /users/{email}/disable   POST /users/{email}/reset → {link}
// POST /invitations/{token} {name?, password}  (no session)   accepts an invitation or reset
export type Me = { email: string; name: string; role: Role; scope: Scope };
export type UserRow = {
  id: string;
  email: string;
  name: string;
  role: Role;
  disabled: boolean;
  invited: boolean;
  createdAt: string;
};

// ── apps ──────────────────────────────────────────────────────────────────
// GET /apps → {apps: AppRow[]}   POST /apps {name, title?} → AppRow   DELETE /apps/{app}?confirm=NAME → {trash}
// GET /apps/{app} → AppOverview   PATCH /apps/{app} {title?, defaultDatabase?}
export type AppRow = {
  name: string;
  title: string;
  createdAt: string;
  elements: { connections: number; databases: number; models: number };
  environments: {
    name: string;
    protected: boolean;
    release: number | null;
    deployedAt: string | null;
    available: boolean;
  }[];
};

export type ElementNode = {
  id: string;
  fullName: string;
  family: Family;
  type: string;
  /** null for models */
  engine: string | null;
  title: string;
  revision: number;
  /** models: the database element; attached databases: the connection */
  on: string | null;
  /** last test in each environment, by name */
  tests: Record<string, { state: 'ok' | 'warning' | 'failed'; at: string }>;
};

export type EnvironmentRow = {
  name: string;
  position: number;
  protected: boolean;
  active: { release: string; number: number; deployment: string; at: string } | null;
  /** keys without which the active release can not serve; empty: it serves */
  missing: string[];
};

export type AppOverview = {
  name: string;
  title: string;
  defaultDatabase: string | null;
  elements: ElementNode[];
  environments: EnvironmentRow[];
  variables: { key: string; type: VariableDefinition['type'] }[];
};

// ── elements ──────────────────────────────────────────────────────────────
// POST   /apps/{app}/elements {fullName, type, title?, description?, tags?, body, secrets?, makeConnection?} → {elements: ElementDetail[]}
//          makeConnection: {fullName} splits the shared fields off into a new connection in the same transaction
// POST   /apps/{app}/elements/many {elements: {fullName, type, title?, description?, tags?, body}[]} → {elements: ElementNode[]}: all or none,
//          and they may point to each other
// GET    /apps/{app}/elements/{fullName} → ElementDetail
// PUT    /apps/{app}/elements/{fullName} {revision, title?, description?, tags?, body, secrets?, acknowledged?} → ElementDetail
//          422 `confirmation-needed` until `acknowledged`: a re-test said that databases would break, or a database moves to a
//          connection that it was not tested on
//          secrets: {field: {key, text, name?}}: rule 3.5, makes the secret variable and sets it in development
// POST   /apps/{app}/elements/{fullName}/move {revision, to} → {elements: ElementDetail[]}  (all that changed)
// POST   /apps/{app}/elements/{fullName}/duplicate {to} → ElementDetail
// DELETE /apps/{app}/elements/{fullName}?revision=N → 204; 409 `in-use` with a reason per user
// POST   /apps/{app}/folders/move {from, to}: every element below a folder
// GET    /apps/{app}/elements/{fullName}/history → {revisions: RevisionRow[]}
// GET    /schemas/{type}.json → JSON Schema of the element's own file; also app, variables, e
export type ElementDetail = ElementNode & {
  description: string;
  tags: string[];
  body: Record<string, unknown>;
  /** path and text of the element's own file, as pull writes it */
  file: { path: string; text: string };
  usedBy: UsedBy[];
  /** databases and connections: where each field's value comes from, per environment; secrets never as text */
  origins: Record<
    string,
    Record<string, { origin: Origin; display: string | null; setAt: string | null; setBy: string | null }>
  >;
};
export type UsedBy = { fullName: string; field: string };
export type RevisionRow = {
  revision: number;
  change: 'create' | 'save' | 'move' | 'delete';
  fullName: string;
  at: string;
  by: string;
  content: string;
};

// ── variables and environments ────────────────────────────────────────────
// GET    /apps/{app}/variables → VariableMatrix
// PUT    /apps/{app}/variables/{key} {definition, clearValues?, development?: value}   → VariableRow
//          `development` sets the "Value in current application" in the same transaction
// DELETE /apps/{app}/variables/{key}?clearValues=true
// PUT    /apps/{app}/environments/{env}/values {values: {KEY: text}, force?, confirmTargets?} → {set: [key], warnings: Reason[]}
// DELETE /apps/{app}/environments/{env}/values/{key}?confirm=true
// GET    /apps/{app}/environments → {environments}   POST /apps/{app}/environments {name, protected?} → EnvironmentRow
// PATCH  /apps/{app}/environments/{env} {protected?, name?, position?}   DELETE /apps/{app}/environments/{env}?confirm=NAME → {trash}
export type VariableMatrix = { environments: { name: string; protected: boolean }[]; variables: VariableRow[] };
export type VariableRow = {
  key: string;
  definition: VariableDefinition;
  usedBy: UsedBy[];
  /** by environment; `value` only for variables that are not secret; `targets` only for secrets */
  cells: Record<string, VariableCell>;
};
export type VariableCell = {
  state: 'set' | 'default' | 'missing' | 'unset';
  value: string | number | boolean | null;
  setAt: string | null;
  setBy: string | null;
  targets: string[];
};

// ── test, introspection ───────────────────────────────────────────────────
// POST /apps/{app}/environments/{env}/test  {element?, draft?: {type, body, secrets?: {field: text}}, confirmTargets?}
//        → application/x-ndjson of TestEvent, stages as they finish; without `element` every database and connection
// POST /apps/{app}/test {only?: {element, environment}[], confirmTargets?} → application/x-ndjson of TestEverywhereEvent: every database and
//        connection in every environment where the caller may test, or `only` these; whoever goes away stops it
// POST /apps/{app}/introspect {database, environment?, tables?} → {tables: Table[]}  |  with `models: true`, keepNames?, folder? → {models: {fullName, title, body}[]}
// POST /apps/{app}/models/from-tables {database, environment?, tables, keepNames?, folder?} → 201 {models: [fullName]}: all or none
// POST /apps/{app}/databases {element | draft, environment?, list: true} → {databases?, schemas?}
// POST /apps/{app}/databases/create {element | draft, what: 'database'|'schema'|'file', environment?} → {created}
// POST /apps/{app}/environments/{env}/certificates {type, body, secrets?: {field: text}} → CertificateCheck: the TLS section on the screen,
//        read and compared without a connection; no key travels back
// POST /apps/{app}/environments/{env}/grants {type, body} → {scripts: GrantScript[]}: for the names on the screen; empty without logins
export type GrantScript = { kind: GrantKind; sql: string };
export const TEST_STAGES = [
  'variables',
  'address',
  'dns',
  'tcp',
  'tls',
  'login',
  'database',
  'schema',
  'read',
  'write',
  'ddl',
  'latency',
] as const;
export type TestStageName = (typeof TEST_STAGES)[number];
export type TestStage = {
  stage: TestStageName;
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  ms: number;
  /** one sentence */
  message: string;
  field?: string;
  variable?: string;
  /** stable code of the cause */
  code?: string;
  next?: string;
  /** values for `field` that would mend it, best first */
  offers?: string[];
  /** stage `tls`: what the server showed */
  certificate?: CertificateFacts;
};
export type TestFacts = {
  /** the portal's own address on its way to the server; left out for a file */
  from?: string;
  /** the address that the server sees the portal at, where it tells and that is another one */
  seenFrom?: string;
  server?: string;
  version?: string;
  user?: string;
  tls?: {
    protocol: string;
    verified: boolean;
    subject: string | null;
    issuer: string | null;
    names: string[];
    daysLeft: number | null;
  } | null;
  latencyMs?: number;
  timeSkewMs?: number;
  encoding?: string;
  connectionLimit?: number | null;
  poolMax?: number;
  excess?: string[];
};
export type TestReport = {
  element: string;
  environment: string;
  state: 'ok' | 'warning' | 'failed';
  stages: TestStage[];
  facts: TestFacts;
  ms: number;
  /** as reasons, for refusals and exit codes; `refused` is true when variables or address stopped it (exit 3), else a failure is exit 5 */
  reasons: Reason[];
  refused: boolean;
  /** plain text for whoever runs the server, without a secret; left out where there is nothing to ask for */
  request?: string;
};
export type TestEvent =
  | { event: 'start'; element: string }
  | { event: 'stage'; element: string; stage: TestStage }
  | { event: 'report'; report: TestReport }
  | { event: 'end' };

/** `environments`: where the caller may test, in their order; `tests`: what follows, each as one report in the order they end */
export type TestEverywhereEvent =
  | {
      event: 'start';
      environments: { name: string; protected: boolean }[];
      tests: { element: string; environment: string }[];
    }
  | { event: 'report'; report: TestReport }
  | { event: 'end' };

// ── connections ───────────────────────────────────────────────────────────
// GET  /connections → {connections: ConnectionRow[]}: of all apps that the caller may read
// GET  /apps/{app}/connections → {connections: ConnectionRow[]}
// GET  /apps/{app}/connections/{fullName}/reach → ConnectionReach
// POST /apps/{app}/connections/{fullName}/retest {draft, confirmTargets?} → application/x-ndjson of RetestEvent
/** Values are those of `development`; what has none there stands as `{{KEY}}`, a secret never. */
export type ConnectionRow = {
  app: string;
  id: string;
  fullName: string;
  type: string;
  title: string;
  revision: number;
  createdAt: string;
  host: string | null;
  /** databases that attach to it */
  databases: { fullName: string; database: string | null; schema: string | null }[];
  /** its settings as one line, the password masked */
  text: string;
  /** last test in each environment, by name; `message`: what failed or was warned of first */
  tests: Record<string, { state: 'ok' | 'warning' | 'failed'; at: string; message: string | null }>;
};

/** What a change of a connection touches. */
export type ConnectionReach = {
  databases: { fullName: string; models: string[] }[];
  environments: {
    name: string;
    protected: boolean;
    /** false: the caller may not test there */
    mayTest: boolean;
    /** the release that is active there, where it holds the connection; its own settings stay until the next deploy */
    serves: { number: number; deployment: string | null; databases: string[] } | null;
  }[];
};

/**
 * How one database fares in one environment with settings that are not saved yet. `breaks`: it works with the saved ones;
 * `broken`: it does not work with those either; `not-tried`: a secret may not go there yet.
 */
export type RetestResult = {
  database: string;
  environment: string;
  outcome: 'works' | 'breaks' | 'broken' | 'not-tried';
  /** of a test that worked: what it warned of */
  message: string | null;
  reasons: Reason[];
};
export type RetestEvent =
  | { event: 'start'; tests: { database: string; environment: string }[] }
  | { event: 'result'; result: RetestResult }
  | { event: 'end' };

// GET  /portability → Portability: what a type or feature becomes on each engine
export type Portability = {
  engines: { engine: string; title: string }[];
  /** one cell per engine, in their order; `loss`: what does not carry over */
  types: PortabilityRow[];
  features: PortabilityRow[];
};
type PortabilityRow = { what: string; cells: { text: string; loss: string | null }[] };

// ── source ────────────────────────────────────────────────────────────────
// GET  /apps/{app}/source → SourceBundle
// POST /apps/{app}/source PushRequest → PushResult
/** `files`: path → text, as in product.md section 2; `base` is the text of .mooring/base.json */
export type SourceBundle = { files: Record<string, string>; base: string };
export type PushRequest = {
  files: Record<string, string>;
  base: string | null;
  dryRun?: boolean;
  delete?: boolean;
  force?: boolean;
  clearValues?: boolean;
};
export type PushResult = {
  dryRun: boolean;
  created: string[];
  changed: string[];
  deleted: string[];
  moved: { from: string; to: string }[];
  unchanged: number;
  overwritten: string[];
  base: string;
};

// ── deploy ────────────────────────────────────────────────────────────────
// POST /apps/{app}/environments/{env}/plan {files?, confirmTargets?} → PlanAnswer (422 `refused` with all reasons)
// POST /apps/{app}/environments/{env}/deployments {approve?, confirmTargets?} → 202 {id}
// GET  /apps/{app}/environments/{env}/deployments → {deployments: DeploymentRow[]}
// GET  /apps/{app}/environments/{env}/deployments/{id} → DeploymentDetail
// GET  /apps/{app}/environments/{env}/releases → {releases: ReleaseRow[]}
// POST /apps/{app}/environments/{env}/rollback {release?, confirmTargets?} → 202 {id}
export type PlanAnswer = { plan: Plan; changes: number; reasons: Reason[]; warnings: Reason[] };
export type DeploymentRow = {
  id: string;
  kind: 'deploy' | 'rollback';
  state: 'running' | 'refused' | 'failed' | 'done' | 'interrupted';
  release: string | null;
  releaseNumber: number | null;
  planHash: string | null;
  by: string;
  startedAt: string;
  endedAt: string | null;
  reasons: number;
};
export type DeploymentDetail = Omit<DeploymentRow, 'reasons'> & {
  app: string;
  environment: string;
  stages: { stage: StageName; state: StageState; message: string | null; startedAt: string; ms: number | null }[];
  plan: Plan | null;
  reasons: Reason[];
  warnings: Reason[];
  /** test of each database in stage connect */
  tests: TestReport[];
  /** from migrate on */
  outcome: { element: string; state: 'done' | 'partial' | 'untouched'; applied: number; of: number; message: string }[];
};
export type ReleaseRow = {
  release: string;
  number: number;
  createdAt: string;
  by: string;
  active: boolean;
  activatedAt: string | null;
};

// ── data ──────────────────────────────────────────────────────────────────
// GET  /apps/{app}/environments/{env}/models → {models: DeployedModel[]}
// GET  /apps/{app}/environments/{env}/rows/{model}?query=<a data API query, encoded> → the data API's own answer, for the Rows tab
// POST /apps/{app}/environments/{env}/tokens {role: 'read'|'write', expires?} → {token}
// POST /tokens {scope, app?, env?, expires?} → {token}   GET /tokens?app= → {tokens}   DELETE /tokens/{id}
// GET  /doctor → {checks: {name, state, message, next}[]}
export type DeployedModel = {
  name: string;
  fullName: string;
  database: string;
  profile: string | null;
  table: string;
  fields: { name: string; type: string }[];
  key: string[];
  label: string | null;
  readOnly: boolean;
};
export type TokenRow = {
  id: string;
  kind: 'data' | 'management';
  scope: string;
  prefix: string;
  app: string | null;
  environment: string | null;
  by: string;
  createdAt: string;
  expiresAt: string | null;
  revoked: boolean;
};
export type Draft = { type: string; body: FieldTree; secrets?: Record<string, string> | undefined };
