import type { Taken, Wrong } from './text.ts';

/** libpq, as people paste them, and as nobody should. */
export const LIBPQ: Taken[] = [
  [
    'host=db.example.com port=5432 dbname=shop user=app password=s3cr3t sslmode=verify-full',
    'postgresql',
    {
      host: 'db.example.com',
      port: 5432,
      database: 'shop',
      user: 'app',
      password: 's3cr3t',
      'tls.mode': 'verify-full',
    },
  ],
  ['host = db.example.com  dbname = shop', 'postgresql', { host: 'db.example.com', database: 'shop' }],
  ["host=db user=app password='p\\'w \\\\ x'", 'postgresql', { host: 'db', user: 'app', password: "p'w \\ x" }],
  ['host=db user=app password=p\\ w', 'postgresql', { host: 'db', user: 'app', password: 'p w' }],
  ['host=h1,h2 port=5432,5433 dbname=shop', 'postgresql', { database: 'shop' }, { refused: ['host', 'port'] }],
  ['host=/var/run/postgresql dbname=shop', 'postgresql', { database: 'shop' }, { refused: ['host'] }],
  ['host=@abstract dbname=shop', 'postgresql', { database: 'shop' }, { refused: ['host'] }],
  ['host=db hostaddr=10.0.0.1 dbname=shop', 'postgresql', { host: 'db', database: 'shop' }, { refused: ['hostaddr'] }],
  ['hostaddr=169.254.169.254 dbname=shop', 'postgresql', { database: 'shop' }, { refused: ['hostaddr'] }],
  ['service=prod', 'postgresql', {}, { refused: ['service'] }],
  ['host=db sslmode=prefer', 'postgresql', { host: 'db' }, { refused: ['sslmode'] }],
  [
    'host=db sslmode=require sslrootcert=/ca.pem sslcert=/c.pem sslkey=/k.pem',
    'postgresql',
    { host: 'db', 'tls.mode': 'require' },
    { refused: ['sslrootcert', 'sslcert', 'sslkey'] },
  ],
  ['host=db passfile=/home/a/.pgpass', 'postgresql', { host: 'db' }, { refused: ['passfile'] }],
  ["host=db options='-c role=postgres'", 'postgresql', { host: 'db' }, { refused: ['options'] }],
  [
    'host=db application_name=shop connect_timeout=8 target_session_attrs=read-write',
    'postgresql',
    { host: 'db', 'options.applicationName': 'shop', 'pool.connectTimeoutMs': 8000 },
    { ignored: ['target_session_attrs'] },
  ],
  ["host=db user='' password=''", 'postgresql', { host: 'db' }],
  ['host=db host=other', 'postgresql', { host: 'db' }, { refused: ['host'] }],
  ['dbname=shop', 'postgresql', { database: 'shop' }],
  [
    'host=db gssencmode=disable krbsrvname=postgres require_auth=none',
    'postgresql',
    { host: 'db' },
    { ignored: ['gssencmode'], refused: ['krbsrvname', 'require_auth'] },
  ],
  ['host=db password=$PW', 'postgresql', { host: 'db', password: '$PW' }],
  ['host=db\nport=5433\ndbname=shop', 'postgresql', { host: 'db', port: 5433, database: 'shop' }],
];

export const LIBPQ_WRONG: Wrong[] = [
  [
    "host=db password='it''s'",
    'key=value is expected at character 22, several joined by blanks; a value with a blank stands in single quotes.',
  ],
  ['host', 'in none of the forms'],
  [
    'host=db port',
    'key=value is expected at character 9, several joined by blanks; a value with a blank stands in single quotes.',
  ],
  [
    "host=db 'x'",
    'key=value is expected at character 9, several joined by blanks; a value with a blank stands in single quotes.',
  ],
  ["host=db password='abc", "The ' at character 18 is not closed."],
  [
    'host=db =x',
    'key=value is expected at character 9, several joined by blanks; a value with a blank stands in single quotes.',
  ],
  ['host=db;port', 'key=value is expected at character 9, several joined by ;.'],
];
