import type { Taken, Wrong } from './text.ts';

/** Secrets of Kubernetes, as people paste them, and as nobody should. */
export const KUBERNETES: Taken[] = [
  [
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  host: ZGIuZXhhbXBsZS5jb20=\n  port: NTQzMg==\n  username: YXBw\n  password: czNjcjN0\n  dbname: c2hvcA==',
    'postgresql',
    { host: 'db.example.com', port: 5432, user: 'app', password: 's3cr3t', database: 'shop' },
  ],
  [
    'apiVersion: v1\nkind: Secret\nstringData:\n  DATABASE_URL: mysql://app:pw@db/shop',
    'mysql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
  ],
  [
    'apiVersion: v1\nkind: Secret\ntype: Opaque\nstringData:\n  type: postgresql\n  host: db\n  username: app\n  password: pw\n  database: shop',
    'postgresql',
    { host: 'db', user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['type'] },
  ],
  [
    'apiVersion: v1\nkind: Secret\nstringData:\n  uri: postgresql://app:pw@db:5432/shop\n  username: app\n  password: pw\n  host: db\n  jdbc-uri: jdbc:postgresql://db:5432/shop\n  pgpass: x',
    'postgresql',
    { host: 'db', port: 5432, user: 'app', password: 'pw', database: 'shop' },
    { ignored: ['host', 'jdbc-uri', 'pgpass'] },
  ],
  [
    '{"apiVersion":"v1","kind":"Secret","data":{"DB_HOST":"ZGI=","DB_PORT":"MzMwNg==","DB_PASSWORD":"!!!"}}',
    'mysql',
    { host: 'db', port: 3306 },
    { refused: ['DB_PASSWORD'] },
  ],
  [
    'apiVersion: v1\nkind: Secret\nstringData:\n  POSTGRES_HOST: db\n  POSTGRES_PASSWORD: pw\n  __proto__: x\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    AAAA\n    -----END CERTIFICATE-----\n',
    'postgresql',
    { host: 'db', password: 'pw', 'tls.ca': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' },
    { ignored: ['__proto__'] },
  ],
  [
    'kind: List\napiVersion: v1\nitems:\n- kind: Secret\n  stringData: {PGHOST: db, PGUSER: app}',
    'postgresql',
    { host: 'db', user: 'app' },
  ],
  ["apiVersion: v1\nkind: ConfigMap\ndata:\n  DB_HOST: db\n  DB_PORT: '5236'", 'dm', { host: 'db', port: 5236 }],
];

export const KUBERNETES_WRONG: Wrong[] = [
  ['apiVersion: v1\nkind: Deployment', 'A Secret of Kubernetes is expected: kind: Secret with data or stringData.'],
  [
    'apiVersion: v1\nkind: Secret',
    'None of the variables names a database: DATABASE_URL, DB_HOST, PGHOST and the like are known.',
  ],
  [
    'apiVersion: v1\nkind: Secret\ndata: &a {x: *a}',
    'Anchors and aliases (& and *) are not followed; write the values out.',
  ],
  [
    'apiVersion: v1\nkind: Secret\nstringData:\n  host: db',
    'The variables do not say which engine they are for; name the engine.',
  ],
  ["apiVersion: v1\nkind: Secret\nstringData:\n  host: 'db", 'The YAML can not be read from line 4, character 12 on.'],
];
