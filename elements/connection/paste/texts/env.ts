import type { Taken, Wrong } from './text.ts';

/** .env blocks, as people paste them, and as nobody should. */
export const ENV: Taken[] = [
  [
    'DATABASE_URL=postgres://app:s3cr3t@db/shop?sslmode=require',
    'postgresql',
    { host: 'db', user: 'app', password: 's3cr3t', database: 'shop', 'tls.mode': 'require' },
  ],
  [
    'DATABASE_URL="mysql://app:s3cr3t@db/shop"\nREDIS_URL=redis://x\nSECRET_KEY=abc',
    'mysql',
    { host: 'db', user: 'app', password: 's3cr3t', database: 'shop' },
    { ignored: ['REDIS_URL', 'SECRET_KEY'] },
  ],
  [
    "export DATABASE_URL='postgres://app:pw@db/shop'",
    'postgresql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
  ],
  [
    'DB_HOST=db.example.com\nDB_PORT=5432\nDB_USER=app\nDB_PASSWORD=s3cr3t\nDB_NAME=shop',
    'postgresql',
    { host: 'db.example.com', port: 5432, user: 'app', password: 's3cr3t', database: 'shop' },
  ],
  [
    'DB_CONNECTION=mysql\nDB_HOST=db\nDB_PORT=3307\nDB_DATABASE=shop\nDB_USERNAME=app\nDB_PASSWORD="p#w"\nMAIL_HOST=smtp\nAPP_NAME=Shop',
    'mysql',
    { host: 'db', port: 3307, database: 'shop', user: 'app', password: 'p#w' },
    { ignored: ['MAIL_HOST', 'APP_NAME'] },
  ],
  ['DB_CONNECTION=pgsql\nDB_HOST=db\nDB_DATABASE=shop', 'postgresql', { host: 'db', database: 'shop' }],
  ['DB_CONNECTION=sqlite\nDB_DATABASE=database/main.sqlite', 'sqlite', { file: 'database/main.sqlite' }],
  ['DB_ENGINE=django.db.backends.postgresql\nDB_HOST=db\nDB_NAME=shop', 'postgresql', { host: 'db', database: 'shop' }],
  [
    'PGHOST=db\nPGPORT=5433\nPGDATABASE=shop\nPGUSER=app\nPGPASSWORD=s3cr3t\nPGSSLMODE=verify-full',
    'postgresql',
    { host: 'db', port: 5433, database: 'shop', user: 'app', password: 's3cr3t', 'tls.mode': 'verify-full' },
  ],
  [
    'PGHOST=db\nPGHOSTADDR=10.0.0.1\nPGSERVICE=x\nPGPASSFILE=/x\nPGSSLROOTCERT=/ca\nPGSSLMODE=prefer',
    'postgresql',
    { host: 'db' },
    { refused: ['PGHOSTADDR', 'PGSERVICE', 'PGPASSFILE', 'PGSSLROOTCERT', 'PGSSLMODE'] },
  ],
  ['PGHOST=/tmp\nPGDATABASE=shop', 'postgresql', { database: 'shop' }, { refused: ['PGHOST'] }],
  [
    'MYSQL_HOST=db\nMYSQL_TCP_PORT=3306\nMYSQL_USER=app\nMYSQL_PWD=s3cr3t\nMYSQL_DATABASE=shop',
    'mysql',
    { host: 'db', port: 3306, user: 'app', password: 's3cr3t', database: 'shop' },
  ],
  [
    'MARIADB_HOST=db\nMARIADB_USER=app\nMARIADB_PASSWORD=pw\nMARIADB_DATABASE=shop\nMARIADB_ROOT_PASSWORD=rootpw',
    'mysql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['MARIADB_ROOT_PASSWORD'] },
  ],
  [
    'MSSQL_HOST=db\nMSSQL_SA_PASSWORD=Pa55\nMSSQL_USER=sa\nMSSQL_DATABASE=shop',
    'sqlserver',
    { host: 'db', password: 'Pa55', user: 'sa', database: 'shop' },
  ],
  [
    'ORACLE_HOST=db\nORACLE_PORT=1521\nORACLE_SERVICE_NAME=X\nORACLE_USER=app\nORACLE_PASSWORD=pw',
    'oracle',
    { host: 'db', port: 1521, serviceName: 'X', user: 'app', password: 'pw' },
  ],
  [
    'DM_HOST=dm\nDM_PORT=5236\nDM_USER=app\nDM_PASSWORD=pw\nDM_SCHEMA=SHOP',
    'dm',
    { host: 'dm', port: 5236, user: 'app', password: 'pw', schema: 'SHOP' },
  ],
  [
    "# comment\n\nSHOP_DB_HOST=db # inline\nSHOP_DB_PORT=3306\nSHOP_DB_PASSWORD='p # w'",
    'mysql',
    { host: 'db', port: 3306, password: 'p # w' },
  ],
  [
    'SPRING_DATASOURCE_URL=jdbc:postgresql://db:5432/shop\nSPRING_DATASOURCE_USERNAME=app\nSPRING_DATASOURCE_PASSWORD=s3cr3t',
    'postgresql',
    { host: 'db', port: 5432, database: 'shop', user: 'app', password: 's3cr3t' },
  ],
  [
    'spring.datasource.url=jdbc:mysql://db/shop\nspring.datasource.username=app\nspring.datasource.password=pw',
    'mysql',
    { host: 'db', database: 'shop', user: 'app', password: 'pw' },
  ],
  [
    'ConnectionStrings__Default=Server=db;Database=shop;User Id=app;Password=pw;Encrypt=true',
    'sqlserver',
    { host: 'db', database: 'shop', user: 'app', password: 'pw', 'tls.mode': 'verify-full' },
  ],
  [
    'DB_HOST=${HOST}\nDB_PORT=5432\nDB_PASSWORD=$PW',
    'postgresql',
    { port: 5432 },
    { refused: ['DB_HOST', 'DB_PASSWORD'] },
  ],
  [
    'POSTGRES_HOST=db\nPOSTGRES_USER=app\nPOSTGRES_PASSWORD=pw\nPOSTGRES_DB=shop\nPOSTGRES_PASSWORD_FILE=/run/secrets/pw',
    'postgresql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { refused: ['POSTGRES_PASSWORD_FILE'] },
  ],
  [
    'DATABASE_URL=postgres://app:pw@db/shop\nDIRECT_URL=postgres://app:pw@direct/shop\nDB_HOST=other',
    'postgresql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['DIRECT_URL', 'DB_HOST'] },
  ],
  [
    'DB_HOST=db\nDB_PORT=3306\nDB_SOCKET=/tmp/x\nDB_SSL=true\nDB_SSL_CA=/ca.pem\nDB_CHARSET=utf8mb4',
    'mysql',
    { host: 'db', port: 3306, 'options.charset': 'utf8mb4', 'tls.mode': 'verify-full' },
    { refused: ['DB_SOCKET', 'DB_SSL_CA'] },
  ],
  ['DB_HOST=db\nDB_PORT=abc\nDB_TYPE=postgres', 'postgresql', { host: 'db' }, { refused: ['DB_PORT'] }],
  [
    'DB_PASSWORD="line1\\nline2"\nDB_HOST=db\nDB_PORT=5432',
    'postgresql',
    { host: 'db', port: 5432 },
    { refused: ['DB_PASSWORD'] },
  ],
  ['DB_HOST=db;evil\nDB_PORT=5432', 'postgresql', { port: 5432 }, { refused: ['DB_HOST'] }],
  [
    'DB_HOST=db\nDB_PORT=3306\nDB_PASSWORD_FILE=/run/secrets/db\nconstructor=x',
    'mysql',
    { host: 'db', port: 3306 },
    { ignored: ['constructor'], refused: ['DB_PASSWORD_FILE'] },
  ],
  [
    'MYSQL_URL=mysql://app:pw@db/shop\nMYSQLHOST=db\nMYSQLPORT=3306',
    'mysql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['MYSQLHOST', 'MYSQLPORT'] },
  ],
];

export const ENV_WRONG: Wrong[] = [
  ['DATABASE_URL=', 'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.'],
  [
    'DATABASE_URL=postgres://app:s3',
    'In the value of DATABASE_URL: What follows the : at character 15 is no port; scheme://user:password@host:port/database is expected.',
  ],
  ['DATABASE_URL=${X}', 'The connection text among the variables refers to a variable that stands elsewhere.'],
  ['DB_HOST=db', 'The variables do not say which engine they are for; name the engine.'],
  [
    'APP_NAME=x\nAPP_ENV=local',
    'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.',
  ],
  ['DB_HOST=db\nDB_PORT', 'KEY=value is expected at line 2, character 1.'],
  ['DB_PASSWORD="abc\nDB_HOST=db', 'The " at line 1, character 13 is not closed.'],
  ['=x\nDB_HOST=db\n', 'in none of the forms'],
  [
    'DATABASE_URL=mongodb://x/y',
    'In the value of DATABASE_URL: The scheme before :// is of none of the engines sqlite, postgresql, mysql, sqlserver, oracle, dm.',
  ],
  ['A=1', 'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.'],
];
