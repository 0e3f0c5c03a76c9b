/**
 * The small surface of `tedious` that is used, and nothing else: a call, event, option or type that is not known here
 * throws. Names and meanings: tediousjs.github.io/tedious, pages "api-connection", "api-request", "api-datatypes".
 */
import { EventEmitter } from 'node:events';

type Cell = { metadata: { colName: string }; value: unknown };
export type Canned =
  | { rows?: Record<string, unknown>[]; affected?: number }
  /** "api-request", callback: `RequestError` with `code` and, of errors of the server, `number` */
  | { error: { code: string; number?: number; message: string } }
  /** nothing comes back until the request is cancelled or the connection closed */
  | 'silence';

export type Asked = { call: string; sql: string; parameters: { name: string; type: string; value: unknown }[] };

/** "api-connection", function `new Connection(config)`: what may stand in its options. */
const OPTIONS = new Set([
  'port',
  'connector',
  'database',
  'appName',
  'packetSize',
  'connectTimeout',
  'requestTimeout',
  'cancelTimeout',
  'maxRetriesOnTransientErrors',
  'abortTransactionOnError',
  'dateFormat',
  'language',
  'encrypt',
  'trustServerCertificate',
  'cryptoCredentialsDetails',
  'serverName',
]);
const CONNECTION_EVENTS = new Set(['error', 'end', 'errorMessage', 'secure']);
const REQUEST_EVENTS = new Set(['columnMetadata', 'row']);

const unknown = (what: string): never => {
  throw new Error(`the fake of tedious does not know ${what}`);
};

/** Refuses what is asked of an object beyond its own members. */
const strict = <T extends object>(target: T, name: string): T =>
  new Proxy(target, {
    get: (of, key) => {
      if (!(key in of) && typeof key === 'string' && key !== 'then') unknown(`${name}.${key}`);
      const value: unknown = Reflect.get(of, key, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });

/** What the fake was asked, and how it answers. */
export const fake: {
  asked: Asked[];
  config: Record<string, unknown> | null;
  connections: FakeConnection[];
  answer: (asked: Asked) => Canned;
  signIn: Error | null;
} = { asked: [], config: null, connections: [], answer: () => ({}), signIn: null };

/** "api-datatypes": each parameter has one of these. */
export const TYPES = strict(
  { NVarChar: 'NVarChar', Bit: 'Bit', BigInt: 'BigInt', Float: 'Float', VarBinary: 'VarBinary' },
  'TYPES',
);

type Config = { server: string; authentication: object; options: Record<string, unknown> };
type Callback = (error: Error | null | undefined, affected?: number) => void;

class FakeRequest {
  readonly sql: string;
  readonly done: Callback;
  readonly parameters: Asked['parameters'] = [];
  readonly listeners = new EventEmitter();

  constructor(sql: string, done: Callback) {
    this.sql = sql;
    this.done = done;
  }

  on(event: string, listener: (...of: never[]) => void): void {
    if (!REQUEST_EVENTS.has(event)) unknown(`the event ${event} of a request`);
    this.listeners.on(event, listener as never);
  }

  addParameter(name: string, type: string, value: unknown): void {
    this.parameters.push({ name, type, value });
  }
}

class FakeConnection {
  closed = false;
  readonly #listeners = new EventEmitter();
  #running: FakeRequest | null = null;

  constructor(config: Config) {
    for (const key of Object.keys(config)) {
      if (!['server', 'authentication', 'options'].includes(key)) unknown(`the setting ${key}`);
    }
    for (const key of Object.keys(config.options)) if (!OPTIONS.has(key)) unknown(`the option ${key}`);
    fake.config = config;
    fake.connections.push(this);
  }

  on(event: string, listener: (...of: never[]) => void): void {
    if (!CONNECTION_EVENTS.has(event)) unknown(`the event ${event} of a connection`);
    this.#listeners.on(event, listener as never);
  }

  /** "api-connection", `connect([listener])`: once, with an error or without. */
  connect(done: (error?: Error) => void): void {
    process.nextTick(() => done(fake.signIn ?? undefined));
  }

  /** "api-connection", event `end`: the connection has ended, by `close` or by the other side. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#running?.done(Object.assign(new Error('Connection closed before request completed.'), { code: 'ECLOSE' }));
    this.#running = null;
    process.nextTick(() => this.#listeners.emit('end'));
  }

  /** "api-connection", `cancel()`: the running request's callback gets an error of code ECANCEL. */
  cancel(): boolean {
    const running = this.#running;
    this.#running = null;
    process.nextTick(() => running?.done(Object.assign(new Error('Canceled.'), { code: 'ECANCEL' })));
    return running !== null;
  }

  execSql(request: FakeRequest): void {
    this.#take('execSql', request);
  }

  execSqlBatch(request: FakeRequest): void {
    // "api-connection", `execSqlBatch(request)`: "There is no param support"
    if (request.parameters.length > 0) unknown('parameters of a batch');
    this.#take('execSqlBatch', request);
  }

  beginTransaction(done: Callback): void {
    this.#take('beginTransaction', new FakeRequest('', done));
  }

  commitTransaction(done: Callback): void {
    this.#take('commitTransaction', new FakeRequest('', done));
  }

  rollbackTransaction(done: Callback): void {
    this.#take('rollbackTransaction', new FakeRequest('', done));
  }

  #take(call: string, request: FakeRequest): void {
    // "api-connection": "only one request at a time may be executed on a connection"
    if (this.#running) unknown('two requests at once');
    const asked = { call, sql: request.sql, parameters: request.parameters };
    fake.asked.push(asked);
    const canned = fake.answer(asked);
    this.#running = request;
    if (canned !== 'silence') process.nextTick(() => this.#tell(request, canned));
  }

  #tell(request: FakeRequest, canned: Exclude<Canned, 'silence'>): void {
    if (this.#running !== request) return;
    this.#running = null;
    if ('error' in canned) return request.done(Object.assign(new Error(canned.error.message), canned.error));
    const [first] = canned.rows ?? [];
    if (first) request.listeners.emit('columnMetadata', Object.keys(first));
    for (const row of canned.rows ?? []) request.listeners.emit('row', cells(row));
    request.done(null, canned.affected ?? canned.rows?.length ?? 0);
  }
}

/** "api-request", event `row`: an array of `{ metadata, value }`. */
const cells = (row: Record<string, unknown>): Cell[] =>
  Object.entries(row).map(([colName, value]) => ({ metadata: { colName }, value }));

/** What `import 'tedious'` gives. */
export const tedious = strict(
  {
    TYPES,
    // called with `new`: what a function gives then is the object itself
    Connection: function Connection(config: Config) {
      return strict(new FakeConnection(config), 'connection');
    },
    Request: function Request(sql: string, done: Callback) {
      return strict(new FakeRequest(sql, done), 'request');
    },
  },
  'tedious',
);
