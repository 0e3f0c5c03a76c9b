/** Which server speaks this protocol. Pure. */
import type { Row } from '../contract.ts';
import type { Statement } from '../schema.ts';

export type Server = {
  product: string;
  version: string;
  /** null: supported; else one sentence */
  tooOld: string | null;
};

/** SQL Server 2017: STRING_AGG with an order came with it. */
const OLDEST_MAJOR = 14;
/** OPENJSON came with the level of SQL Server 2016 ("ALTER DATABASE compatibility level"). */
const OLDEST_LEVEL = 130;

export const SERVER_FACTS: Statement = {
  sql:
    `select convert(nvarchar(128), serverproperty(N'ProductVersion')) as version, ` +
    `convert(int, serverproperty(N'EngineEdition')) as edition, ` +
    `(select convert(int, compatibility_level) from sys.databases where database_id = db_id()) as level`,
  parameters: [],
};

/** Values of EngineEdition whose version stands still at 12 (Transact-SQL reference, SERVERPROPERTY). */
const CLOUD: Record<number, string> = {
  5: 'Azure SQL Database',
  8: 'Azure SQL Managed Instance',
  12: 'SQL database in Microsoft Fabric',
};

/** Whether there is a server around the database that its login may have rights on (HAS_PERMS_BY_NAME, "securable_class"). */
export const hasServer = (product: string) => product !== CLOUD[5] && product !== CLOUD[12];

export function readServer(row: Row): Server {
  const version = String(row['version']);
  const cloud = CLOUD[Number(row['edition'])];
  const product = cloud ?? 'SQL Server';
  const level = Number(row['level'] ?? OLDEST_LEVEL);
  if (!cloud && Number.parseInt(version, 10) < OLDEST_MAJOR) {
    return { product, version, tooOld: `SQL Server ${version}; 2017 (${OLDEST_MAJOR}.0) or newer is needed` };
  }
  const tooOld =
    level < OLDEST_LEVEL
      ? `the compatibility level of the database is ${level}; ${OLDEST_LEVEL} or higher is needed`
      : null;
  return { product, version, tooOld };
}
