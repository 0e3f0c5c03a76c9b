import { readDataSource } from '../data-source.ts';
import {
  encrypt,
  FILE_PATH,
  FOREIGN_CODE,
  HOST_OVERRIDE,
  OTHER_LOGIN,
  readSwitch,
  refuse,
  refuseOn,
  SEVERAL_HOSTS,
  take,
  time,
  type Rule,
  type Rules,
} from './rule.ts';

/** `tcp:host\instance,1433`, in one setting. */
const dataSource: Rule = (draft, key, value) => {
  if (!draft.found.namesHost) return draft.refuse(key, HOST_OVERRIDE);
  const read = readDataSource(value);
  if ('wrong' in read) return draft.refuse(key, read.wrong);
  for (const [field, text] of Object.entries(read.parts)) draft.take(field as keyof typeof read.parts, key, text);
};

/** SqlClient's words of today and before: mandatory and strict check the certificate. */
const encryption: Rule = (draft, key, value) => {
  const word = value.trim().toLowerCase();
  if (word === 'strict' || word === 'mandatory') draft.mode(key, 'verify-full');
  else if (word === 'optional' || word === 'danger_plaintext' || word === 'disable') draft.encrypt(key, false);
  else encrypt(draft, key, value);
};

/** SqlClient, ODBC Driver 18, Microsoft's JDBC driver, tedious, go-mssqldb. */
export const sqlserver: Rules = {
  datasource: dataSource,
  server: dataSource,
  address: dataSource,
  addr: dataSource,
  networkaddress: dataSource,
  servername: dataSource,
  initialcatalog: take('database'),
  instancename: take('instance'),
  instance: take('instance'),
  encrypt: encryption,
  // a switch of jTDS and of the old JDBC words
  ssl: encrypt,
  hostnameincertificate: take('tls.serverName'),
  servercertificate: refuse(FILE_PATH),
  clientcertificate: refuse(FILE_PATH),
  clientkey: refuse(FILE_PATH),
  clientkeypassword: take('tls.keyPassphrase'),
  certificate: refuse(FILE_PATH),
  attachdbfilename: refuse(FILE_PATH),
  extendedproperties: refuse(FILE_PATH),
  initialfilename: refuse(FILE_PATH),
  userinstance: refuseOn('a server of its own for one user'),
  contextconnection: refuseOn(OTHER_LOGIN),
  authentication: (draft, key, value) =>
    /^(?:sql ?password|notspecified|default)?$/i.test(value.trim())
      ? draft.ignore(key)
      : draft.refuse(key, OTHER_LOGIN),
  authenticationscheme: (draft, key, value) =>
    /^(?:nativeauthentication)?$/i.test(value.trim()) ? draft.ignore(key) : draft.refuse(key, OTHER_LOGIN),
  domain: refuse(OTHER_LOGIN),
  usentlmv2: (draft, key, value) => (readSwitch(value) === false ? draft.ignore(key) : draft.refuse(key, OTHER_LOGIN)),
  keyvaultproviderclientid: refuse(OTHER_LOGIN),
  keyvaultproviderclientkey: refuse(OTHER_LOGIN),
  msiclientid: refuse(OTHER_LOGIN),
  trustmanagerclass: refuse(FOREIGN_CODE),
  trustmanagerconstructorarg: refuse(FOREIGN_CODE),
  socketfactoryclass: refuse(FOREIGN_CODE),
  socketfactoryconstructorarg: refuse(FOREIGN_CODE),
  accesstokencallbackclass: refuse(FOREIGN_CODE),
  jaasconfigurationname: refuse(FOREIGN_CODE),
  failoverpartner: refuse(SEVERAL_HOSTS),
  odbcconnect: refuse('a second text inside the first; paste it alone'),
  logintimeout: time('pool.connectTimeoutMs', 's'),
  querytimeout: time('pool.statementTimeoutMs', 's'),
  requesttimeout: time('pool.statementTimeoutMs', 'ms'),
  loadbalancetimeout: time('pool.maxLifetimeMs', 's'),
  currentschema: take('schema'),
};
