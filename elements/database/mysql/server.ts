/** Which server speaks this protocol, and what it can do. Pure. */
import type { Capabilities } from '../contract.ts';
import { mysql } from './definition.ts';

export type Server = {
  product: string;
  version: string;
  capabilities: Capabilities;
  /** spells what only MariaDB has: `INSERT … RETURNING`, `max_statement_time`, JSON as text with a check */
  mariadb: boolean;
  /** null: supported; else one sentence */
  tooOld: string | null;
};

/** Oldest versions that are supported; others that speak the protocol are taken as they are. */
const OLDEST: Record<string, [number, number]> = { MySQL: [8, 0], MariaDB: [10, 6] };

/** From `version()` (`8.4.3`, `5.5.5-10.11.6-MariaDB-log`, `8.0.11-TiDB-v7.5.0`) and `@@version_comment`. */
export function readServer(version: string, comment: string): Server {
  const product = productOf(`${version} ${comment}`);
  const number = numberOf(product, version);
  const [major = 0, minor = 0] = number.split('.').map(Number);
  const oldest = OLDEST[product];
  const tooOld = oldest !== undefined && (major < oldest[0] || (major === oldest[0] && minor < oldest[1]));
  const mariadb = product === 'MariaDB';
  return {
    product,
    version: number,
    mariadb,
    capabilities: {
      ...mysql.capabilities,
      returning: { insert: mariadb, update: false, delete: mariadb },
    },
    tooOld: tooOld ? `${product} ${number}; ${oldest.join('.')} or newer is needed` : null,
  };
}

function productOf(text: string): string {
  if (/tidb/i.test(text)) return 'TiDB';
  if (/mariadb/i.test(text)) return 'MariaDB';
  if (/vitess|planetscale/i.test(text)) return 'Vitess';
  if (/percona/i.test(text)) return 'MySQL';
  if (/singlestore|memsql/i.test(text)) return 'SingleStore';
  return 'MySQL';
}

/** MariaDB puts `5.5.5-` before its version for old replicas; TiDB puts its own after MySQL's. */
function numberOf(product: string, version: string): string {
  const own = product === 'TiDB' ? /TiDB-v?([\d.]+)/i.exec(version)?.[1] : undefined;
  return own ?? /^(?:5\.5\.5-)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version;
}
