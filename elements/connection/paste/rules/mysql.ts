import { mysqlSsl } from './mysql-ssl.ts';
import {
  encrypt,
  FILE_PATH,
  FOREIGN_CODE,
  HOST_OVERRIDE,
  modes,
  pem,
  refuse,
  refuseOff,
  refuseOn,
  SEVERAL_HOSTS,
  STATEMENTS,
  take,
  time,
  UNCHECKED,
  type Rule,
  type Rules,
} from './rule.ts';

const LOCAL_FILES = 'would let the server ask for files of this machine';
const SOCKET = 'a socket in the place of a host';

const mode = modes({
  disable: 'disable',
  disabled: 'disable',
  none: 'disable',
  prefer: null,
  preferred: null,
  trust: null,
  require: 'require',
  required: 'require',
  'verify-ca': 'verify-ca',
  verify_ca: 'verify-ca',
  verifyca: 'verify-ca',
  'verify-full': 'verify-full',
  verify_identity: 'verify-full',
  verifyfull: 'verify-full',
});

/** The session's zone is an offset here; a name needs tables that a server may lack. */
const offset: Rule = (draft, key, value) => {
  if (/^(?:utc|gmt|z)$/i.test(value)) draft.take('options.timeZone', key, '+00:00');
  else if (/^[+-]\d\d:\d\d$/.test(value)) draft.take('options.timeZone', key, value);
  else draft.refuse(key, 'expected an offset such as +02:00');
};

/** MySQL's own URL, Connector/J, MariaDB Connector/J, mysql2, go-sql-driver, Connector/NET, Prisma. */
export const mysql: Rules = {
  sslmode: mode,
  ssl: mysqlSsl,
  tls: (draft, key, value) =>
    /^(?:skip-verify|preferred)$/i.test(value) ? draft.refuse(key, UNCHECKED) : encrypt(draft, key, value),
  usessl: encrypt,
  requiressl: encrypt,
  sslaccept: (draft, key, value) =>
    value === 'strict' ? draft.mode(key, 'verify-full') : draft.refuse(key, UNCHECKED),
  verifyservercertificate: refuseOff(UNCHECKED),
  sslverify: refuseOff(UNCHECKED),
  sslverifyservercert: refuseOff(UNCHECKED),
  disablesslhostnameverification: refuseOn(UNCHECKED),
  allowpublickeyretrieval: refuseOn('would send the password under a key that nobody checked'),
  getserverpublickey: refuseOn('would send the password under a key that nobody checked'),
  serverrsapublickeyfile: refuse(FILE_PATH),
  serversslcert: pem('tls.ca'),
  trustcertificatekeystoreurl: refuse(FILE_PATH),
  trustcertificatekeystorepassword: refuse(FILE_PATH),
  clientcertificatekeystoreurl: refuse(FILE_PATH),
  clientcertificatekeystorepassword: refuse(FILE_PATH),
  sslcapath: refuse(FILE_PATH),
  multistatements: refuseOn(STATEMENTS),
  multiplestatements: refuseOn(STATEMENTS),
  allowmultiqueries: refuseOn(STATEMENTS),
  initsql: refuse(STATEMENTS),
  initstmt: refuse(STATEMENTS),
  initcommand: refuse(STATEMENTS),
  sessionvariables: refuse(STATEMENTS),
  connectioncollation: take('options.charset'),
  localinfile: refuseOn(LOCAL_FILES),
  allowloadlocalinfile: refuseOn(LOCAL_FILES),
  allowloadlocal: refuseOn(LOCAL_FILES),
  allowloadlocalinfileinpath: refuse(LOCAL_FILES),
  allowurlinlocalinfile: refuseOn(LOCAL_FILES),
  allowallfiles: refuseOn(LOCAL_FILES),
  enablelocalinfile: refuseOn(LOCAL_FILES),
  flags: refuse('flags of another program'),
  socketpath: refuse(SOCKET),
  unixsocket: refuse(SOCKET),
  localsocket: refuse(SOCKET),
  socket: refuse(SOCKET),
  pipe: refuse(SOCKET),
  pipename: refuse(SOCKET),
  protocol: (draft, key, value) => (/^(?:tcp|socket)$/i.test(value) ? draft.ignore(key) : draft.refuse(key, SOCKET)),
  allowcleartextpasswords: refuseOn('would send the password as it is'),
  enablecleartextplugin: refuseOn('would send the password as it is'),
  autodeserialize: refuseOn(FOREIGN_CODE),
  queryinterceptors: refuse(FOREIGN_CODE),
  statementinterceptors: refuse(FOREIGN_CODE),
  connectionlifecycleinterceptors: refuse(FOREIGN_CODE),
  exceptioninterceptors: refuse(FOREIGN_CODE),
  propertiestransform: refuse(FOREIGN_CODE),
  authenticationplugins: refuse(FOREIGN_CODE),
  defaultauthenticationplugin: refuse(FOREIGN_CODE),
  credentialtype: refuse(FOREIGN_CODE),
  serveraddr: refuse(HOST_OVERRIDE),
  loadbalanceconnectiongroup: refuse(SEVERAL_HOSTS),
  maxconnectionlifetime: time('pool.maxLifetimeMs', 's'),
  maxidletime: time('pool.idleTimeoutMs', 's'),
  timezone: offset,
  connectiontimezone: offset,
  servertimezone: offset,
  characterencoding: (draft, key, value) =>
    draft.take('options.charset', key, /^utf-?8$/i.test(value) ? 'utf8mb4' : value),
  characterset: take('options.charset'),
};
