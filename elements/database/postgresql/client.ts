/** The one file that speaks to the `pg` driver and sees secrets in the clear: signs in, sends, cancels, ends. */
import { Client, Connection as Protocol, type CustomTypesConfig, type QueryResult } from 'pg';
import { ConnectFailure, type ConnectStep, type Row, type ServerFacts, type Target } from '../contract.ts';
import type { Parameter } from '../schema.ts';
import { tlsOptions } from '../tls.ts';
import { type DriverError, loginCause } from './errors.ts';
import { firstAnswerFault } from './first-answer.ts';
import { MessageGuard } from './message-guard.ts';
import { type Field, NamedQuery } from './named-query.ts';
import { type Wire, type WireSettings, openWire } from './wire.ts';

export type Answer = { rows: Row[]; affected: number; /** e.g. `INSERT`, `COMMIT` */ command: string };

/** One signed-in connection. Its errors are those of the driver; `errors.ts` says what they mean. */
export type Connection = {
  tls: ServerFacts['tls'];
  /** reported by the server: `server_version`, `TimeZone`, … ; kept up to date */
  parameters: ReadonlyMap<string, string>;
  send(query: {
    text: string;
    values: readonly Parameter[];
    /** prepares it under this name */ name?: string;
  }): Promise<Answer>;
  /** Forgets a named statement that the server no longer holds. */
  forget(name: string): void;
  /** Asks the server, over a connection of its own, to stop what this one runs. Ends when the server has taken it. */
  cancel(): Promise<void>;
  end(): Promise<void>;
  destroy(): void;
};

const CANCEL_DEADLINE_MS = 2_000;

/** Throws {@link ConnectFailure} within `target.connectTimeoutMs`, leaving no socket behind. `onLost` is called once. */
export async function openConnection(
  target: Target,
  observe: (step: ConnectStep) => void,
  onLost: () => void,
): Promise<Connection> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), target.connectTimeoutMs);
  try {
    const wire = await openWire(wireSettings(target, deadline.signal), observe);
    return await signIn(target, wire, deadline.signal, observe, onLost);
  } finally {
    clearTimeout(timer);
  }
}

function wireSettings(target: Target, signal: AbortSignal): WireSettings {
  const { endpoint, tls } = target;
  if (endpoint.kind !== 'server') throw new Error('PostgreSQL is reached over a network');
  return {
    ip: endpoint.ip,
    port: endpoint.port,
    signal,
    tls: () =>
      tlsOptions({
        mode: tls.mode,
        name: tls.serverName ?? endpoint.host,
        ca: tls.ca,
        cert: tls.cert,
        key: tls.key?.reveal() ?? null,
        passphrase: tls.keyPassphrase?.reveal() ?? null,
      }) as ReturnType<WireSettings['tls']>,
  };
}

async function signIn(
  target: Target,
  wire: Wire,
  signal: AbortSignal,
  observe: (step: ConnectStep) => void,
  onLost: () => void,
): Promise<Connection> {
  const startedAt = performance.now();
  const password = target.password?.reveal() ?? '';
  const protocol = new GuardedProtocol(wire.stream);
  const parameters = new Map<string, string>();
  protocol.on('parameterStatus', (message: { parameterName: string; parameterValue: string }) =>
    parameters.set(message.parameterName, message.parameterValue),
  );
  const client = new Client({
    ...isolated(target),
    connection: protocol,
    // a function, so that an empty password is not replaced by one from PGPASSWORD or .pgpass
    password: () => password,
    types: TYPES,
  } as ConstructorParameters<typeof Client>[0]);
  // PGOPTIONS and PGREPLICATION of the portal's environment are no settings of this target
  Object.assign((client as unknown as { connectionParameters: object }).connectionParameters, STARTUP_NOTHING_MORE);
  // without a listener a dropped connection would end the process
  client.on('error', onLost);
  client.on('end', onLost);
  const expire = () => wire.stream.destroy();
  signal.addEventListener('abort', expire, { once: true });
  try {
    if (signal.aborted) expire();
    await client.connect();
  } catch (error) {
    wire.stream.on('error', () => {});
    wire.stream.destroy();
    throw loginFailure(protocol.fault ?? (error as DriverError), signal.aborted, password);
  } finally {
    signal.removeEventListener('abort', expire);
  }
  observe({ stage: 'login', ms: performance.now() - startedAt });
  return connection(target, client, protocol, wire, parameters);
}

const STARTUP_NOTHING_MORE = { options: undefined, replication: undefined };

/** Everything the driver would otherwise take from PG… variables of the portal's own environment. */
function isolated(target: Target) {
  return {
    host: 'localhost',
    port: 5432,
    user: target.user,
    database: target.database ?? 'postgres',
    ssl: false,
    sslnegotiation: 'postgres',
    application_name: String(target.options['applicationName'] ?? 'mooring'),
    client_encoding: 'UTF8',
  };
}

function loginFailure(error: DriverError | ConnectFailure, late: boolean, password: string): ConnectFailure {
  if (late) return new ConnectFailure('login-timed-out', 'the deadline passed during sign-in');
  if (error instanceof ConnectFailure) return error;
  // a hostile server may repeat what it was sent
  const detail = password === '' ? error.message : error.message.replaceAll(password, '[secret]');
  return new ConnectFailure(loginCause(error), detail);
}

function connection(
  target: Target,
  client: Client,
  protocol: GuardedProtocol,
  wire: Wire,
  parameters: Map<string, string>,
): Connection {
  const prepared = new Map<string, Field[]>();
  return {
    tls: wire.tls,
    parameters,
    send(query) {
      const { name, values } = query;
      const fields = name === undefined ? undefined : prepared.get(name);
      if (name !== undefined && fields) return protocol.run(client, name, values, fields);
      return send(client, query).then((result) => {
        if (name !== undefined) prepared.set(name, fieldsOf(result));
        return { rows: result.rows, affected: result.rowCount ?? 0, command: result.command };
      });
    },
    forget(name) {
      prepared.delete(name);
      delete protocol.parsedStatements[name];
    },
    cancel: () => cancel(target, client as unknown as BackendKey),
    end: () => client.end(),
    destroy: () => void wire.stream.destroy(),
  };
}

function send(client: Client, { text, values, name }: Parameters<Connection['send']>[0]): Promise<QueryResult<Row>> {
  // extended: one statement, never several in one text
  const config = { text, values: [...values], queryMode: 'extended', ...(name ? { name } : {}) };
  return client.query<Row>(config);
}

type BackendKey = { processID: number | null; secretKey: number | null };

const CANCEL_CODE = 80_877_102;

/** Manual, section 54.2.9: a connection of its own, the backend's key, no answer but its end. */
async function cancel(target: Target, { processID, secretKey }: BackendKey): Promise<void> {
  if (processID === null || secretKey === null) return;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), CANCEL_DEADLINE_MS);
  try {
    const { stream } = await openWire(wireSettings(target, deadline.signal));
    const packet = Buffer.alloc(16);
    [16, CANCEL_CODE, processID, secretKey].forEach((word, index) => packet.writeInt32BE(word | 0, index * 4));
    const ended = new Promise<void>((resolve) => stream.on('error', () => {}).once('close', () => resolve()));
    deadline.signal.addEventListener('abort', () => stream.destroy(), { once: true });
    stream.resume();
    stream.end(packet);
    await ended;
  } finally {
    clearTimeout(timer);
  }
}

const asText = (text: string) => text;
const asNumber = (text: string) => Number(text);
/** int2, int4, oid, float4, float8 */
const NUMBERS = new Set([21, 23, 26, 700, 701]);
const BOOLEAN = 16;

/** Texts stay texts: no digit, no time zone and no JSON is lost on the way. */
function parserOf(oid: number): (text: string) => unknown {
  if (oid === BOOLEAN) return (text: string) => text === 't';
  return NUMBERS.has(oid) ? asNumber : asText;
}

const TYPES = { getTypeParser: parserOf } as CustomTypesConfig;

function fieldsOf({ fields }: QueryResult<Row>): Field[] {
  return fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
}

/** The driver's protocol over a stream that is open already, and safe against answers that are no PostgreSQL. */
class GuardedProtocol extends Protocol {
  declare readonly parsedStatements: Record<string, string>;
  /** why the stream was cut, where the driver can not know */
  fault: ConnectFailure | null = null;
  #running: NamedQuery | null = null;

  constructor(wire: Wire['stream']) {
    super({ stream: wire } as never);
    // the driver waits for `connect`; this stream has it behind it
    wire.connect = () => {
      process.nextTick(() => wire.emit('connect'));
      return wire;
    };
  }

  run(client: Client, name: string, values: readonly Parameter[], fields: Field[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#running = new NamedQuery(name, values, fields, resolve, reject);
      client.query(this.#running);
    });
  }

  /** An answer that lies whole in one chunk needs no parser with a memory. */
  #takenWhole(chunk: Buffer): boolean {
    const state = this.#running?.takeWhole(chunk) ?? null;
    this.#running = null;
    if (state === null) return false;
    this.emit('readyForQuery', { status: state });
    return true;
  }

  /** The driver's parser throws on what it does not understand, out of the stream's event: that would end the process. */
  attachListeners(stream: Wire['stream']): void {
    const guard = new MessageGuard();
    let first = true;
    const take = (chunk: Buffer, listener: (chunk: Buffer) => void) => {
      try {
        this.fault = first ? firstAnswerFault(chunk) : null;
        first = false;
        if (this.fault) throw this.fault;
        if (this.#running && guard.between && this.#takenWhole(chunk)) return;
        guard.check(chunk);
        listener(chunk);
      } catch (error) {
        this.fault ??= new ConnectFailure('wrong-protocol', (error as Error).message);
        stream.destroy();
      }
    };
    const guarded = {
      on: (event: string, listener: (chunk: Buffer) => void) =>
        stream.on(event, event === 'data' ? (chunk: Buffer) => take(chunk, listener) : listener),
    };
    (Protocol.prototype as unknown as GuardedProtocol).attachListeners.call(this, guarded as never);
  }
}
