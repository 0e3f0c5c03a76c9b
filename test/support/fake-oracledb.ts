/**
 * The small surface of `oracledb` that is used, and nothing else: a call or option that is not known here throws. Names
 * and meanings: node-oracledb API manual, chapters "Oracledb Methods", "Connection Methods", "Connection Properties".
 */
export type Canned =
  | { rows?: Record<string, unknown>[]; rowsAffected?: number; outBinds?: unknown }
  /** "Error Handling": the message begins with the code */
  | { error: string }
  /** nothing comes back */
  | 'silence';

export type Asked = { call: string; sql: string; binds: unknown[]; options: Record<string, unknown> };

const unknown = (what: string): never => {
  throw new Error(`the fake of oracledb does not know ${what}`);
};

function only(given: object, known: string[]): void {
  for (const key of Object.keys(given)) if (!known.includes(key)) unknown(`the option ${key}`);
}

/** Refuses what is asked of an object beyond its own members. */
const strict = <T extends object>(target: T, name: string): T =>
  new Proxy(target, {
    get: (of, key) => {
      if (!(key in of) && typeof key === 'string' && key !== 'then') unknown(`${name}.${key}`);
      const value: unknown = Reflect.get(of, key, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
    set: (of, key, value) => (key in of ? Reflect.set(of, key, value) : unknown(`${name}.${String(key)}`)),
  });

/** What the fake was asked, and how it answers. */
export const fake: {
  asked: Asked[];
  config: Record<string, unknown> | null;
  timeouts: number[];
  version: string;
  signIn: string | null;
  answer: (asked: Asked) => Canned;
} = { asked: [], config: null, timeouts: [], version: '', signIn: null, answer: () => ({}) };

class FakeConnection {
  /** "connection.oracleServerVersionString" */
  readonly oracleServerVersionString = fake.version;
  /** "connection.callTimeout": milliseconds of each round trip */
  set callTimeout(ms: number) {
    fake.timeouts.push(ms);
  }

  execute(sql: string, binds: unknown[], options: Record<string, unknown>): Promise<object> {
    only(options, ['autoCommit', 'outFormat', 'maxRows', 'fetchTypeHandler']);
    return this.#take({ call: 'execute', sql, binds, options });
  }

  executeMany(sql: string, binds: unknown[], options: Record<string, unknown>): Promise<object> {
    only(options, ['autoCommit', 'bindDefs']);
    return this.#take({ call: 'executeMany', sql, binds, options });
  }

  async commit(): Promise<void> {
    await this.#take({ call: 'commit', sql: '', binds: [], options: {} });
  }

  async rollback(): Promise<void> {
    await this.#take({ call: 'rollback', sql: '', binds: [], options: {} });
  }

  async break(): Promise<void> {
    await this.#take({ call: 'break', sql: '', binds: [], options: {} });
  }

  async close(): Promise<void> {
    await this.#take({ call: 'close', sql: '', binds: [], options: {} });
  }

  #take(asked: Asked): Promise<object> {
    fake.asked.push(asked);
    const canned = fake.answer(asked);
    if (canned === 'silence') return new Promise(() => {});
    return 'error' in canned ? Promise.reject(new Error(canned.error)) : Promise.resolve(canned);
  }
}

/** What `import oracledb from 'oracledb'` gives. */
export const oracledb = strict(
  {
    OUT_FORMAT_OBJECT: 4002,
    BIND_OUT: 3003,
    STRING: 'STRING',
    NUMBER: 'NUMBER',
    BUFFER: 'BUFFER',
    DB_TYPE_NUMBER: 'DB_TYPE_NUMBER',
    DB_TYPE_CLOB: 'DB_TYPE_CLOB',
    DB_TYPE_NCLOB: 'DB_TYPE_NCLOB',
    DB_TYPE_BLOB: 'DB_TYPE_BLOB',
    /** "oracledb.getConnection()" */
    getConnection(config: Record<string, unknown>): Promise<FakeConnection> {
      only(config, ['user', 'password', 'connectString', 'program', 'connectTimeout', 'transportConnectTimeout']);
      fake.config = config;
      if (fake.signIn !== null) return Promise.reject(new Error(fake.signIn));
      return Promise.resolve(strict(new FakeConnection(), 'connection'));
    },
  },
  'oracledb',
);
