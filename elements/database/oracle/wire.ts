/** The little of a driver's connection that is used, and how values go over it. The driver comes in as an argument. */
import type { Parameter, Statement } from '../schema.ts';
import type { Row } from '../contract.ts';
import type { How, Ran, Wire } from './session.ts';

/** node-oracledb API manual, "Connection Methods" and "Connection Properties". */
export type DriverConnection = {
  callTimeout: number;
  execute(sql: string, binds: readonly Bind[], options: Record<string, unknown>): Promise<Executed>;
  executeMany(sql: string, binds: readonly Bound[][], options: Record<string, unknown>): Promise<Executed>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  break(): Promise<void>;
  close(): Promise<void>;
};

/** Constants of the driver ("Oracledb Constants"). */
export type DriverConstants = {
  OUT_FORMAT_OBJECT: number;
  BIND_OUT: number;
  STRING: unknown;
  NUMBER: unknown;
  BUFFER: unknown;
  DB_TYPE_NUMBER: unknown;
  DB_TYPE_CLOB: unknown;
  DB_TYPE_NCLOB: unknown;
  DB_TYPE_BLOB: unknown;
};

type Bound = string | number | null | Uint8Array;
type Bind = Bound | { dir: number; type: unknown; maxSize?: number };
type Executed = { rows?: unknown[]; rowsAffected?: number; outBinds?: unknown };

/** Longest address of a row (`rowidtochar`) with room to spare. */
const ADDRESS_BYTES = 128;

/** @param cut ends the socket; @param onLost tells when it has ended */
export function wireOf(
  connection: DriverConnection,
  constants: DriverConstants,
  socket: { cut(): void; onLost(lost: () => void): void },
): Wire {
  const address = { dir: constants.BIND_OUT, type: constants.STRING, maxSize: ADDRESS_BYTES };
  const fetchTypeHandler = fetched(constants);

  async function run({ sql, parameters }: Statement, how: How): Promise<Ran> {
    connection.callTimeout = how.timeoutMs;
    const options = {
      autoCommit: how.autoCommit,
      outFormat: constants.OUT_FORMAT_OBJECT,
      maxRows: 0,
      fetchTypeHandler,
    };
    const result = await connection.execute(
      how.addresses ? withAddress(sql, parameters.length + 1) : sql,
      [...parameters.map(bound), ...(how.addresses ? [address] : [])],
      options,
    );
    const rows = (result.rows ?? []) as Row[];
    const addresses = how.addresses ? (((result.outBinds as string[][] | undefined) ?? [])[0] ?? []) : [];
    return { rows, affected: result.rowsAffected ?? rows.length, addresses };
  }

  async function runMany(sql: string, rows: Parameter[][], how: How): Promise<Ran> {
    connection.callTimeout = how.timeoutMs;
    const width = rows[0]?.length ?? 0;
    const values = rows.map((row) => row.map(bound));
    // a text without parameters can not be sent many times at once
    if (width === 0 && !how.addresses) return oneByOne(sql, rows.length, how);
    const columns = Array.from({ length: width }, (_, at) =>
      definitionOf(
        values.map((row) => row[at] ?? null),
        constants,
      ),
    );
    const result = await connection.executeMany(how.addresses ? withAddress(sql, width + 1) : sql, values, {
      autoCommit: how.autoCommit,
      bindDefs: [...columns, ...(how.addresses ? [address] : [])],
    });
    const found = (result.outBinds as string[][][] | undefined) ?? [];
    return { rows: [], affected: result.rowsAffected ?? 0, addresses: found.map(([list]) => list?.[0] ?? '') };
  }

  async function oneByOne(sql: string, times: number, how: How): Promise<Ran> {
    let affected = 0;
    for (let done = 0; done < times; done++) affected += (await run({ sql, parameters: [] }, how)).affected;
    return { rows: [], affected, addresses: [] };
  }

  return {
    run,
    runMany,
    async call({ sql, parameters }, how) {
      connection.callTimeout = how.timeoutMs;
      const out = { dir: constants.BIND_OUT, type: constants.NUMBER };
      const result = await connection.execute(sql, [out, ...parameters.map(bound)], { autoCommit: false });
      return Number((result.outBinds as unknown[] | undefined)?.[0]);
    },
    commit: () => connection.commit(),
    rollback: () => connection.rollback(),
    quit: () => connection.close(),
    break: () => void connection.break().catch(() => {}),
    ...socket,
  };
}

const withAddress = (sql: string, position: number) => `${sql} returning rowidtochar(rowid) into :${position}`;

const bound = (value: Parameter): Bound => (typeof value === 'boolean' ? Number(value) : value);

/** One definition serves all rows of a column. */
function definitionOf(values: Bound[], { STRING, NUMBER, BUFFER }: DriverConstants) {
  const filled = values.filter((value) => value !== null);
  if (filled.length > 0 && filled.every((value) => typeof value === 'number')) return { type: NUMBER };
  const sizes = filled.map((value) =>
    value instanceof Uint8Array ? value.byteLength : Buffer.byteLength(String(value)),
  );
  return {
    type: filled.some((value) => value instanceof Uint8Array) ? BUFFER : STRING,
    maxSize: sizes.reduce((most, size) => Math.max(most, size), 1),
  };
}

/** Numbers keep their digits as text; large values come with their row instead of as streams. */
function fetched(constants: DriverConstants) {
  return ({ dbType }: { dbType: unknown }) => {
    if (dbType === constants.DB_TYPE_NUMBER) return { type: constants.STRING };
    if (dbType === constants.DB_TYPE_CLOB || dbType === constants.DB_TYPE_NCLOB) return { type: constants.STRING };
    return dbType === constants.DB_TYPE_BLOB ? { type: constants.BUFFER } : undefined;
  };
}
