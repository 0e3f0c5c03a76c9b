import {
  encrypt,
  FILE_PATH,
  FOREIGN_CODE,
  HOST_OVERRIDE,
  modes,
  OTHER_LOGIN,
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

const named = modes({
  disable: 'disable',
  disabled: 'disable',
  allow: null,
  prefer: null,
  preferred: null,
  'no-verify': null,
  require: 'require',
  required: 'require',
  'verify-ca': 'verify-ca',
  verifyca: 'verify-ca',
  'verify-full': 'verify-full',
  verifyfull: 'verify-full',
});

/** node-postgres and postgres.js take a mode here too. */
const ssl: Rule = (draft, key, value) =>
  (/^[a-z]{2}[a-z-]+$/i.test(value) && !/^(?:true|false|yes|off)$/i.test(value) ? named : encrypt)(draft, key, value);

const searchPath: Rule = (draft, key, value) =>
  value.includes(',')
    ? draft.refuse(key, 'several schemas; one is expected')
    : draft.take('schema', key, value.replace(/^"(.*)"$/, '$1'));

/** `system`: the well-known CAs, which are trusted where none is given. */
const rootCertificate: Rule = (draft, key, value) =>
  value === 'system' ? draft.ignore(key) : pem('tls.ca')(draft, key, value);

/** libpq (chapter 32.1.2 of its manual), pgJDBC, node-postgres, Npgsql, Prisma. */
export const postgresql: Rules = {
  hostaddr: refuse(HOST_OVERRIDE),
  sslmode: named,
  ssl,
  requiressl: encrypt,
  sslrootcert: rootCertificate,
  rootcertificate: refuse(FILE_PATH),
  sslcertificate: refuse(FILE_PATH),
  sslpassword: take('tls.keyPassphrase'),
  sslpasswordcallback: refuse(FOREIGN_CODE),
  sslfactory: (draft, key, value) => draft.refuse(key, /nonvalidating/i.test(value) ? UNCHECKED : FOREIGN_CODE),
  sslfactoryarg: refuse(FOREIGN_CODE),
  sslhostnameverifier: refuse(FOREIGN_CODE),
  sslaccept: (draft, key, value) =>
    value === 'strict' ? draft.mode(key, 'verify-full') : draft.refuse(key, UNCHECKED),
  authenticationpluginclassname: refuse(FOREIGN_CODE),
  loggerfile: refuse(FILE_PATH),
  passfile: refuse(FILE_PATH),
  service: refuse('a service that a file elsewhere describes'),
  servicefile: refuse(FILE_PATH),
  options: refuse(STATEMENTS),
  loadbalancehosts: refuseOn(SEVERAL_HOSTS),
  requireauth: refuse(OTHER_LOGIN),
  gsslib: refuse(OTHER_LOGIN),
  krbsrvname: refuse(OTHER_LOGIN),
  checkcertificaterevocation: refuseOff(UNCHECKED),
  currentschema: searchPath,
  searchpath: searchPath,
  schema: searchPath,
  statementtimeout: time('pool.statementTimeoutMs', 'ms'),
  logintimeout: time('pool.connectTimeoutMs', 's'),
  // libpq and pgJDBC count it in seconds, wherever it stands
  connecttimeout: time('pool.connectTimeoutMs', 's'),
};
