/** `setting` is the key that the engine's rules know, `key` the variable's own. */
export type Named = { key: string; value: string; setting: string };

/** What may follow a prefix such as `DB` or `PG`, and the setting it means. */
const ENDS: Record<string, string[]> = {
  host: ['HOST', 'HOSTNAME', 'SERVER', 'SERVER_NAME', 'ENDPOINT', 'DB_HOST'],
  hostaddr: ['HOSTADDR'],
  port: ['PORT', 'TCP_PORT', 'DB_PORT'],
  user: ['USER', 'USERNAME', 'USER_NAME', 'LOGIN', 'UID', 'DB_USER', 'DB_USERNAME'],
  password: ['PASSWORD', 'PASSWD', 'PASS', 'PWD', 'DB_PASSWORD', 'DB_PASS'],
  database: ['DATABASE', 'NAME', 'DB', 'DBNAME', 'DB_NAME', 'DATABASE_NAME', 'CATALOG'],
  passwordfile: ['PASSWORD_FILE', 'USER_FILE', 'PASSFILE', 'SERVICEFILE'],
  schema: ['SCHEMA', 'CURRENT_SCHEMA'],
  servicename: ['SERVICE_NAME', 'PDB'],
  service: ['SERVICE'],
  sid: ['SID'],
  sslmode: ['SSLMODE', 'SSL_MODE'],
  ssl: ['SSL'],
  sslca: ['SSLROOTCERT', 'SSL_CA', 'SSL_ROOT_CERT', 'CA_CERT', 'CA_CRT', 'CA_FILE', 'SSL_CA_FILE'],
  sslcert: ['SSLCERT', 'SSL_CERT', 'CERT_FILE', 'TLS_CRT'],
  sslkey: ['SSLKEY', 'SSL_KEY', 'KEY_FILE', 'TLS_KEY'],
  encrypt: ['ENCRYPT'],
  trustservercertificate: ['TRUST_SERVER_CERTIFICATE', 'TRUST_CERTIFICATE'],
  rejectunauthorized: ['REJECT_UNAUTHORIZED', 'SSL_REJECT_UNAUTHORIZED'],
  socketpath: ['SOCKET', 'UNIX_SOCKET', 'UNIX_PORT', 'SOCKET_PATH'],
  charset: ['CHARSET'],
  applicationname: ['APPNAME', 'APPLICATION_NAME'],
  timezone: ['TZ', 'TIMEZONE', 'TIME_ZONE'],
  connecttimeout: ['CONNECT_TIMEOUT'],
  options: ['OPTIONS'],
  instance: ['INSTANCE', 'INSTANCE_NAME'],
  file: ['FILE', 'PATH', 'FILENAME'],
};
const SETTINGS = new Map(Object.entries(ENDS).flatMap(([setting, ends]) => ends.map((end) => [end, setting] as const)));
const PREFIX =
  /(?:^|_)(?:DB|DATABASE|DATASOURCE|PG|POSTGRES|POSTGRESQL|MYSQL|MARIADB|MSSQL|SQLSERVER|SQL|ORACLE|DM|DAMENG|SQLITE|RDS|JDBC|TYPEORM)$/;

/** Keys of images and tools that their parts do not tell. */
const WHOLE: Record<string, { prefix: string; setting: string }> = {
  SA_PASSWORD: { prefix: 'MSSQL', setting: 'password' },
  MSSQL_SA_PASSWORD: { prefix: 'MSSQL', setting: 'password' },
  MYSQL_ROOT_PASSWORD: { prefix: 'MYSQL', setting: 'password' },
  MARIADB_ROOT_PASSWORD: { prefix: 'MARIADB', setting: 'password' },
  APP_USER: { prefix: 'ORACLE', setting: 'user' },
  APP_USER_PASSWORD: { prefix: 'ORACLE', setting: 'password' },
  TNS_ADMIN: { prefix: 'ORACLE', setting: 'tnsadmin' },
};
/** An administrator's password, and the keys that make an image's own user, beside which it does not count. */
const ADMINISTRATORS: Record<string, string[]> = {
  MYSQL_ROOT_PASSWORD: ['MYSQL_USER', 'MYSQL_PASSWORD'],
  MARIADB_ROOT_PASSWORD: ['MARIADB_USER', 'MARIADB_PASSWORD'],
  ORACLE_PASSWORD: ['APP_USER'],
  ORACLE_PWD: ['APP_USER'],
};

/** `spring.datasource.url` and `jdbc-uri` in the way of a variable. */
export function envName(key: string): string {
  return key.toUpperCase().replaceAll(/[-.]/g, '_');
}

/** Variables of databases by the prefix they share, in the order of the text; `bare` takes keys without a prefix too. */
export function envGroups(variables: { key: string; value: string }[], bare: boolean): Map<string, Named[]> {
  const groups = new Map<string, Named[]>();
  const names = new Set(variables.map(({ key }) => envName(key)));
  for (const { key, value } of variables) {
    const name = envName(key);
    const read = readName(name, bare);
    const givesWay = Object.hasOwn(ADMINISTRATORS, name) && ADMINISTRATORS[name]?.some((each) => names.has(each));
    if (!read || givesWay) continue;
    groups.set(read.prefix, [...(groups.get(read.prefix) ?? []), { key, value, setting: read.setting }]);
  }
  return groups;
}

/** The shortest prefix that is one of a database: `POSTGRES_DB_NAME` belongs with `POSTGRES_HOST`. */
function readName(name: string, bare: boolean): { prefix: string; setting: string } | null {
  if (Object.hasOwn(WHOLE, name)) return WHOLE[name] ?? null;
  const libpq = /^PG([A-Z][A-Z_]*)$/.exec(name)?.[1];
  const short = libpq === undefined ? undefined : SETTINGS.get(libpq);
  if (short) return { prefix: 'PG', setting: short };
  for (let end = name.indexOf('_'); end > 0; end = name.indexOf('_', end + 1)) {
    const setting = SETTINGS.get(name.slice(end + 1));
    if (setting && PREFIX.test(name.slice(0, end))) return { prefix: name.slice(0, end), setting };
  }
  const setting = bare ? SETTINGS.get(name) : undefined;
  return setting ? { prefix: '', setting } : null;
}
