import type { Capabilities, ServerFacts } from '../contract.ts';

export type PostgresServerFacts = ServerFacts & {
  /** time zone of the session as the server last reported it; JSON of a `timestamp with time zone` is spelt in it */
  readonly timeZone: string;
};

/** PostgreSQL 12 left support in November 2024. */
const OLDEST = 13;

export type Server = {
  product: string;
  version: string;
  /** first figure of the PostgreSQL version that the server is, or says it is compatible with */
  major: number;
  tooOld: string | null;
};

/** Who answers, from the parameters that every server reports at sign-in. */
export function readServer(parameters: ReadonlyMap<string, string>): Server {
  const compatible = parameters.get('server_version') ?? '';
  const major = Number.parseInt(compatible, 10) || 0;
  const tooOld = major < OLDEST ? `${compatible}; ${OLDEST} or newer is needed` : null;
  const cockroach = parameters.get('crdb_version');
  if (cockroach !== undefined) {
    const version = /v(\d[\w.-]*)/.exec(cockroach)?.[1] ?? cockroach;
    return { product: 'CockroachDB', version, major, tooOld };
  }
  const yugabyte = /-YB-(?<version>[\w.-]+)/.exec(compatible)?.groups?.['version'];
  if (yugabyte !== undefined) return { product: 'YugabyteDB', version: yugabyte, major, tooOld };
  return { product: 'PostgreSQL', version: compatible.split(' ')[0] ?? compatible, major, tooOld };
}

/** CockroachDB changes schemas in the background, YugabyteDB outside the transaction. */
export function capabilitiesOf(server: Server, atBest: Capabilities): Capabilities {
  return server.product === 'PostgreSQL' ? atBest : { ...atBest, transactionalDdl: false };
}
