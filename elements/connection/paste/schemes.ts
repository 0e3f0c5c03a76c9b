import type { PasteEngine } from './engine-fields.ts';

/** Scheme of a URL → engine; what stands behind a `+` (`postgresql+psycopg2`) is a driver's name. */
const SCHEMES: Record<string, PasteEngine> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pgsql: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  tidb: 'mysql',
  sqlserver: 'sqlserver',
  mssql: 'sqlserver',
  oracle: 'oracle',
  dm: 'dm',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  file: 'sqlite',
};

export function engineOfScheme(scheme: string): PasteEngine | undefined {
  const name = scheme.toLowerCase().replace(/\+.*$/, '');
  return Object.hasOwn(SCHEMES, name) ? SCHEMES[name] : undefined;
}
