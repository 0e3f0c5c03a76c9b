import type { Taken, Wrong } from './text.ts';

/** compose files, as people paste them, and as nobody should. */
export const COMPOSE: Taken[] = [
  [
    'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: app\n      POSTGRES_PASSWORD: 0123\n      POSTGRES_DB: shop\n    ports:\n      - "5433:5432"',
    'postgresql',
    { host: 'localhost', port: 5433, user: 'app', password: '0123', database: 'shop' },
  ],
  [
    'services:\n  db:\n    image: mysql:8\n    environment:\n      - MYSQL_ROOT_PASSWORD=pw\n      - MYSQL_DATABASE=shop\n    ports: ["127.0.0.1:3307:3306"]',
    'mysql',
    { user: 'root', host: 'localhost', port: 3307, password: 'pw', database: 'shop' },
  ],
  [
    'services:\n  db:\n    image: mariadb:11\n    environment:\n      MARIADB_USER: app\n      MARIADB_PASSWORD: pw\n      MARIADB_ROOT_PASSWORD: rootpw\n      MARIADB_DATABASE: shop',
    'mysql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['MARIADB_ROOT_PASSWORD'] },
  ],
  [
    'services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      ACCEPT_EULA: Y\n      MSSQL_SA_PASSWORD: Pa55word\n    ports:\n      - target: 1433\n        published: 14330',
    'sqlserver',
    { user: 'sa', host: 'localhost', port: 14330, password: 'Pa55word' },
    { ignored: ['ACCEPT_EULA'] },
  ],
  [
    'services:\n  db:\n    image: gvenzl/oracle-free:23\n    environment:\n      ORACLE_PASSWORD: sys\n      APP_USER: app\n      APP_USER_PASSWORD: pw\n      ORACLE_DATABASE: SHOPPDB\n    ports: ["1521:1521"]',
    'oracle',
    { host: 'localhost', port: 1521, user: 'app', password: 'pw', serviceName: 'SHOPPDB' },
    { ignored: ['ORACLE_PASSWORD'] },
  ],
  [
    'services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD}\n      POSTGRES_PASSWORD_FILE: /run/secrets/x\n    ports: ["5432"]',
    'postgresql',
    {},
    { refused: ['POSTGRES_PASSWORD', 'ports', 'POSTGRES_PASSWORD_FILE'] },
  ],
  [
    'services:\n  web:\n    image: node:24\n    environment:\n      DATABASE_URL: postgres://app:pw@db:5432/shop\n  cache:\n    image: redis:7',
    'postgresql',
    { host: 'db', port: 5432, user: 'app', password: 'pw', database: 'shop' },
  ],
  [
    "services:\n  web:\n    image: node\n  db:\n    image: postgis/postgis:17\n    environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: pw}\n    ports: ['[::1]:5555:5432']\n  other:\n    image: mysql:8",
    'postgresql',
    { host: 'localhost', port: 5555, user: 'app', password: 'pw' },
    { ignored: ['web'], refused: ['other'] },
  ],
  [
    'db:\n  image: postgres:17\n  environment:\n    POSTGRES_USER: app\n    POSTGRES_PASSWORD: pw\n  env_file: .env',
    'postgresql',
    { host: 'db', user: 'app', password: 'pw' },
    { refused: ['env_file'] },
  ],
  [
    'image: postgres:17\nenvironment:\n  POSTGRES_USER: app\n  POSTGRES_DB: shop\nports:\n  - 5433:5432',
    'postgresql',
    { host: 'localhost', port: 5433, user: 'app', database: 'shop' },
  ],
];

export const COMPOSE_WRONG: Wrong[] = [
  ['services:\n  db:\n    image: [postgres', 'The YAML can not be read from line 3, character 21 on.'],
  ['services: *x', 'Anchors and aliases (& and *) are not followed; write the values out.'],
  [
    'services:\n  a: &a [x,x]\n  b: [*a,*a]\n  image: y',
    'Anchors and aliases (& and *) are not followed; write the values out.',
  ],
  ['services:\n', 'A compose file has services, each with an image and an environment; none was found.'],
  [
    'services:\n  web:\n    image: node',
    'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.',
  ],
  ['services:\n  db: {a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[', 'The text is nested too deep.'],
  ['services:\n  db:\n    image: postgres\n    image: mysql', 'The YAML can not be read from line 4, character 5 on.'],
  [
    'services:\n  db: &x\n    image: postgres\n    environment: {A: *x}',
    'Anchors and aliases (& and *) are not followed; write the values out.',
  ],
];
