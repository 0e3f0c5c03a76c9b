import type { Taken, Wrong } from './text.ts';

/** EZConnect, EZConnect Plus and TNS descriptors, as people paste them, and as nobody should. */
export const ORACLE: Taken[] = [
  ['db.example.com:1521/ORCLPDB1', 'oracle', { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' }],
  ['//db.example.com:1521/ORCLPDB1', 'oracle', { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' }],
  ['//db.example.com/ORCLPDB1', 'oracle', { host: 'db.example.com', serviceName: 'ORCLPDB1' }],
  [
    'db.example.com/ORCLPDB1:dedicated',
    'oracle',
    { host: 'db.example.com', serviceName: 'ORCLPDB1' },
    { ignored: ['dedicated'] },
  ],
  [
    'db.example.com:1521/ORCLPDB1:pooled/inst1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
    { ignored: ['pooled', 'instance'] },
  ],
  [
    'tcps://db.example.com:2484/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 2484, serviceName: 'ORCLPDB1', 'tls.mode': 'verify-full' },
  ],
  [
    'tcps://db.example.com:2484/ORCLPDB1?wallet_location=/opt/wallet&connect_timeout=9&retry_count=3',
    'oracle',
    {
      host: 'db.example.com',
      port: 2484,
      serviceName: 'ORCLPDB1',
      'pool.connectTimeoutMs': 9000,
      'tls.mode': 'verify-full',
    },
    { ignored: ['retry_count'], refused: ['wallet_location'] },
  ],
  [
    'tcps://db.example.com:2484/ORCLPDB1?ssl_server_dn_match=off',
    'oracle',
    { host: 'db.example.com', port: 2484, serviceName: 'ORCLPDB1', 'tls.mode': 'verify-full' },
    { refused: ['ssl_server_dn_match'] },
  ],
  [
    'tcp://db.example.com:1521/ORCLPDB1?https_proxy=evil&https_proxy_port=80',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
    { refused: ['https_proxy', 'https_proxy_port'] },
  ],
  ['h1,h2:1521/ORCLPDB1', 'oracle', { serviceName: 'ORCLPDB1' }, { refused: ['host'] }],
  [
    'h1:1521,h2:1522/ORCLPDB1?load_balance=on',
    'oracle',
    { serviceName: 'ORCLPDB1' },
    { ignored: ['load_balance'], refused: ['host'] },
  ],
  ['[2001:db8::1]:1521/ORCLPDB1', 'oracle', { host: '2001:db8::1', port: 1521, serviceName: 'ORCLPDB1' }],
  [
    'app/s3cr3t@db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1', user: 'app', password: 's3cr3t' },
  ],
  [
    'app/"p@/w"@db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1', user: 'app', password: 'p@/w' },
  ],
  [
    'app@//db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1', user: 'app' },
  ],
  [
    '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example.com)(PORT=1521))(CONNECT_DATA=(SERVER=DEDICATED)(SERVICE_NAME=ORCLPDB1)))',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
    { ignored: ['SERVER'] },
  ],
  [
    'ORCL =\n  (DESCRIPTION =\n    (ADDRESS = (PROTOCOL = TCP)(HOST = db.example.com)(PORT = 1521))\n    (CONNECT_DATA =\n      (SERVICE_NAME = ORCLPDB1)\n    )\n  )',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
  ],
  [
    '(description=(address=(protocol=tcps)(host=db)(port=2484))(connect_data=(service_name=x))(security=(ssl_server_cert_dn="CN=db, O=x")))',
    'oracle',
    { host: 'db', port: 2484, serviceName: 'x', 'tls.mode': 'verify-full' },
    { ignored: ['ssl_server_cert_dn'] },
  ],
  [
    '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=X))(SECURITY=(SSL_SERVER_DN_MATCH=NO)(MY_WALLET_DIRECTORY=/w)))',
    'oracle',
    { host: 'db', port: 2484, serviceName: 'X', 'tls.mode': 'verify-full' },
    { refused: ['SSL_SERVER_DN_MATCH', 'MY_WALLET_DIRECTORY'] },
  ],
  [
    '(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCP)(HOST=h1)(PORT=1521))(ADDRESS=(PROTOCOL=TCP)(HOST=h2)(PORT=1521)))(CONNECT_DATA=(SERVICE_NAME=X)))',
    'oracle',
    { serviceName: 'X' },
    { refused: ['ADDRESS'] },
  ],
  [
    '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SID=ORCL)))',
    'oracle',
    { host: 'db', port: 1521 },
    { refused: ['SID'] },
  ],
  [
    '(DESCRIPTION=(CONNECT_TIMEOUT=5)(RETRY_COUNT=3)(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521)(HTTPS_PROXY=evil))(CONNECT_DATA=(SERVICE_NAME=X)))',
    'oracle',
    { host: 'db', port: 1521, 'pool.connectTimeoutMs': 5000, serviceName: 'X' },
    { ignored: ['RETRY_COUNT'], refused: ['HTTPS_PROXY'] },
  ],
  [
    '(DESCRIPTION=(ADDRESS=(PROTOCOL=IPC)(KEY=X))(CONNECT_DATA=(SERVICE_NAME=X)))',
    'oracle',
    { serviceName: 'X' },
    { ignored: ['KEY'], refused: ['PROTOCOL'] },
  ],
  [
    '(DESCRIPTION=(SOURCE_ROUTE=yes)(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=X)))',
    'oracle',
    { host: 'db', port: 1521, serviceName: 'X' },
    { refused: ['SOURCE_ROUTE'] },
  ],
  [
    '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=99999))(CONNECT_DATA=(SERVICE_NAME=X)))',
    'oracle',
    { host: 'db', serviceName: 'X' },
    { refused: ['PORT'] },
  ],
];

export const ORACLE_WRONG: Wrong[] = [
  ['(', '(KEY=value) is expected at character 1.'],
  ['(DESCRIPTION', '(KEY=value) is expected at character 1.'],
  ['(DESCRIPTION=', 'The ( at character 1 is not closed.'],
  ['(DESCRIPTION=(ADDRESS=(HOST=db)', 'The ( at character 14 is not closed.'],
  ['(DESCRIPTION=(ADDRESS=(HOST=db))) extra', 'One descriptor is expected; at character 35 something else begins.'],
  ['(DESCRIPTION=x=y(', 'The ( at character 1 is not closed.'],
  [
    'A=(DESCRIPTION=(ADDRESS=(HOST=a)(PORT=1)))\nB=(DESCRIPTION=(ADDRESS=(HOST=b)(PORT=1)))',
    'One descriptor is expected; at line 2, character 1 something else begins.',
  ],
  [
    '(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=(A=',
    'Brackets are nested too deep at character 40.',
  ],
  ['tcps://', 'From character 1 on, host:port/service is expected, such as db.example.com:1521/orders.'],
  [
    'db.example.com:15x/ORCL',
    'From character 1 on, host:port/service is expected, such as db.example.com:1521/orders.',
  ],
];
