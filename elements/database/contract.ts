/**
 * What Mooring asks of every database: a definition (plain data, may reach the browser) and an engine (server only).
 * A database that cannot be expressed here needs a new capability, never an `if` on its name.
 */
import type { Secret } from '#lib/core/secret.ts';
import type { ConnectCause } from './connect-causes.ts';
import type { FieldDefinition } from '../connection/fields.ts';
import type { Delete, Insert, JsonRows, Select, Update } from './query.ts';
import type { Change, Column, ColumnType, Default, ReferentialAction, Schema, Statement, Table } from './schema.ts';

export type DatabaseDefinition = {
  /** the engine's name in URLs of the docs, files of the repo and API answers */
  engine: string;
  /** as people say it: `PostgreSQL` */
  title: string;
  /** one line under the title in the Add dialog */
  summary: string;
  databaseType: string;
  /** null: an engine without servers, whose database is a file */
  connectionType: string | null;
  /** fields that a connection and a database share, in file order; empty without servers */
  sharedFields: FieldDefinition[];
  /** a database's own fields, in file order */
  ownFields: FieldDefinition[];
  /** what a connection is tested against; null: none needed */
  maintenanceDatabase: string | null;
  capabilities: Capabilities;
};

/** What this engine can do at best; a {@link Session} carries what its very server can do. */
export type Capabilities = {
  /** a file on the portal's own disk instead of a server */
  embedded: boolean;
  /** a schema is a level below the database */
  schemas: boolean;
  /** DDL inside a transaction is all or nothing */
  transactionalDdl: boolean;
  /** a write gives its rows back in the same statement: insert, update, delete */
  returning: { insert: boolean; update: boolean; delete: boolean };
  comments: boolean;
  /** longest name of a table, column, index or constraint, and what is counted */
  nameLength: { max: number; unit: 'bytes' | 'characters' };
  /**
   * Length that a text without one gets where it is part of a key or index, because the engine indexes no unbounded
   * text; left out: it does.
   */
  keyedTextLength?: number;
  /** highest precision a decimal keeps exactly */
  decimalPrecision: number;
  createDatabase: boolean;
  /** a schema is a user, so only an administrator of the server makes one; left out: *Create* does, where there are schemas */
  createSchema?: false;
  tls: boolean;
  /** an empty text is kept, and given back, as null; left out: it is a text like others */
  emptyTextIsNull?: true;
  /** what a foreign key may do when its target goes or changes; left out: all of it */
  foreignKeyActions?: { onDelete: readonly ReferentialAction[]; onUpdate: readonly ReferentialAction[] };
};

export type TlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** Settings after resolution, ready for a driver. Made only by `lib/connections`, after name look-up and address policy. */
export type Target = {
  /** fullName of the element, for messages */
  element: string;
  endpoint:
    | {
        kind: 'server';
        host: string;
        port: number;
        /** the checked address to connect to */
        ip: string;
        /** a named instance, whose port is looked up; `port` is not used then */
        instance?: string;
      }
    | { kind: 'file'; /** absolute, confined */ path: string; /** make it where it is missing */ create: boolean };
  user: string;
  password: Secret | null;
  /** null: the engine's maintenance database */
  database: string | null;
  schema: string | null;
  /** service that a listener offers, on engines that have the field */
  serviceName?: string;
  tls: {
    mode: TlsMode;
    ca: string | null;
    cert: string | null;
    key: Secret | null;
    keyPassphrase: Secret | null;
    serverName: string | null;
  };
  options: Record<string, string | number | boolean>;
  readOnly: boolean;
  connectTimeoutMs: number;
  statementTimeoutMs: number;
};

export type CertificateFacts = {
  subject: string;
  issuer: string;
  names: string[];
  /** ISO 8601 */
  validTo: string;
  daysLeft: number;
  fingerprint: string;
};

/** Told by {@link DatabaseEngine.connect} as each step is behind it, so that a test shows stages as they finish. */
export type ConnectStep =
  | { stage: 'tcp'; ms: number }
  | { stage: 'tls'; ms: number; protocol: string; verified: boolean; certificate: CertificateFacts | null }
  | { stage: 'login'; ms: number };

/** Connecting did not work: which stage, which of the known causes, which field is at fault. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';
  readonly why: ConnectCause;
  /** the driver's own words, at most 500 characters, no secret */
  readonly detail: string;
  /** values for the field at fault that would mend it, as far as they are known */
  readonly offers: string[];

  constructor(why: ConnectCause, detail: string, offers: string[] = []) {
    super(`${why}: ${detail}`);
    this.why = why;
    this.detail = detail.slice(0, 500);
    this.offers = offers;
  }

  // pools are process-wide and a bundle has a copy of this class: a failure of one is one all the same
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ConnectFailure';
  }
}

/** Why a statement failed, in words that belong to no engine. */
export type FailureKind =
  | 'unique'
  | 'foreign-key'
  | 'not-null'
  | 'check'
  | 'value' // out of range, too long, wrong form
  | 'permission'
  | 'missing-object' // table or column is not there
  | 'exists'
  | 'timeout'
  | 'cancelled'
  | 'lock'
  | 'serialization' // deadlock or serialization failure: may be run again
  | 'too-many-connections'
  | 'read-only'
  | 'connection-lost' // the outcome of a write is unknown
  | 'other';

export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  readonly kind: FailureKind;
  /** the server's own code: SQLSTATE, errno or name */
  readonly code: string;
  readonly table: string | null;
  readonly columns: string[];
  readonly constraint: string | null;

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    at: { table?: string | null; columns?: string[]; constraint?: string | null } = {},
  ) {
    super(message.slice(0, 500));
    this.kind = kind;
    this.code = code;
    this.table = at.table ?? null;
    this.columns = at.columns ?? [];
    this.constraint = at.constraint ?? null;
  }

  // pools are process-wide and a bundle has a copy of this class: a failure of one is one all the same
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'DatabaseFailure';
  }
}

export type Row = Record<string, unknown>;
export type Rows = { rows: Row[]; /** rows changed */ affected: number };

export type RunOptions = {
  /** deadline on the server and on the socket; the session is destroyed where the server did not answer in time */
  timeoutMs?: number;
  /** send as a prepared statement, kept per session and SQL text */
  prepared?: boolean;
};

/** One connection to one database. Throws {@link DatabaseFailure}; never ends the process, never hangs past its deadline. */
export interface Session {
  readonly server: ServerFacts;
  readonly capabilities: Capabilities;
  /** false once the connection is lost, timed out or closed; a pool drops it then */
  readonly usable: boolean;
  /** true from `begin` to `commit` or `rollback` */
  readonly inTransaction: boolean;
  run(statement: Statement, options?: RunOptions): Promise<Rows>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** polite end, bounded to one second, then the socket is destroyed; never throws */
  close(): Promise<void>;
  /** cut now; a running statement is also cancelled on the server where the engine can; never throws */
  destroy(): void;
}

export type ServerFacts = {
  /** what the server says it is: `PostgreSQL`, `MariaDB`, `MySQL`, `CockroachDB`, `SQLite`, … */
  product: string;
  version: string;
  /** null: not encrypted */
  tls: { protocol: string; verified: boolean; certificate: CertificateFacts | null } | null;
};

/** Facts of one database for the test: all cheap, read in one or two statements. */
export type DatabaseFacts = {
  user: string;
  /** of the server, ISO 8601 with milliseconds */
  now: string;
  /** e.g. `UTF8`, `utf8mb4` */
  encoding: string;
  unicode: boolean;
  /** null: no such limit */
  connectionLimit: number | null;
  /** the address that this session comes from, as the server sees it; left out where it does not tell */
  seenFrom?: string | null;
};

export type Right = 'yes' | 'no';

/** Rights of the session's user on its database and schema, found without writing to anyone's table. */
export type Rights = {
  read: { right: Right; detail: string };
  write: { right: Right; detail: string };
  ddl: { right: Right; detail: string };
  /** what the user may do beyond all of that, e.g. `superuser`, `create database`; empty: nothing */
  excess: string[];
};

export type GrantKind = 'read-only' | 'read-write' | 'schema-owner';

export type GrantNames = {
  user: string;
  database: string;
  /** null: the engine has none */
  schema: string | null;
  /** who makes tables later, where that is another login than the administrator who runs the script */
  maker: string | null;
};

export type DdlContext = {
  schema: string | null;
  capabilities: Capabilities;
  /**
   * The table as it stands before the change (null for create-table): engines that rebuild a table read it,
   * and the engine's `ddl` must not need anything else.
   */
  table: Table | null;
};

export interface TypeTable {
  /** the normalised native text of a logical type: what {@link DatabaseEngine.introspect} reports for a column made from it */
  native(type: ColumnType): string;
  /** the logical type of a normalised native text; a type the engine's table does not know is `native` */
  logical(native: string): ColumnType;
  /** null: this engine keeps the type as it is; else one sentence on what does not carry over */
  loss(type: ColumnType): string | null;
  /** how a default comes back from introspection, so that the diff compares like with like */
  settleDefault(value: Default, type: ColumnType): Default;
  /** turning `from` into `to` may lose or refuse data */
  narrows(from: Column, to: Column): boolean;
}

export interface DatabaseEngine {
  readonly definition: DatabaseDefinition;
  readonly types: TypeTable;
  /** Throws {@link ConnectFailure}; ends within `target.connectTimeoutMs` and leaves no socket behind on failure. */
  connect(target: Target, observe?: (step: ConnectStep) => void): Promise<Session>;
  facts(session: Session): Promise<DatabaseFacts>;
  /** Same text, same place: the server's own identity, database and schema. Never made from host names. */
  identity(session: Session, target: Target): Promise<string>;
  schemaExists(session: Session, schema: string): Promise<boolean>;
  rights(session: Session, target: Target): Promise<Rights>;
  /**
   * Pure. A script that makes a login with just these rights, for an administrator to run; its password is
   * `PASSWORD_PLACEHOLDER`. Left out: the engine has no logins, or no script yet.
   */
  grants?(kind: GrantKind, names: GrantNames): string;
  /** Set-wise: a constant number of catalog queries whatever the number of tables; `tables` narrows it. */
  introspect(session: Session, scope: { schema: string | null; tables?: string[] }): Promise<Schema>;
  /** Pure. SQL of one change. A table rebuild is one list that must run in one transaction. */
  ddl(change: Change, context: DdlContext): Statement[];
  /** Exact count for one table, for risks. With `where` only rows where that column is null. */
  countRows(session: Session, schema: string | null, table: string, whereNull?: string): Promise<number>;
  /** Values of the columns that stand more than once: number of such groups. */
  countDuplicates(session: Session, schema: string | null, table: string, columns: string[]): Promise<number>;
  /**
   * Takes the migration lock of this database and schema, waiting at most `waitMs`; null when another holds it.
   * The lock ends with the session.
   */
  lock(session: Session, name: string, waitMs: number): Promise<(() => Promise<void>) | null>;
  /** Databases or schemas a person may choose from, system ones marked. */
  listDatabases(session: Session): Promise<{ name: string; system: boolean }[]>;
  listSchemas(session: Session): Promise<{ name: string; system: boolean }[]>;
  createDatabase(name: string): Statement[];
  createSchema(name: string): Statement[];
  select(session: Session, query: Select, options?: RunOptions): Promise<JsonRows>;
  /** More than one row or statement runs in one transaction: the one that is open on the session, else one of its own. */
  insert(session: Session, query: Insert, options?: RunOptions): Promise<JsonRows>;
  update(session: Session, query: Update, options?: RunOptions): Promise<JsonRows>;
  delete(session: Session, query: Delete, options?: RunOptions): Promise<JsonRows>;
}
