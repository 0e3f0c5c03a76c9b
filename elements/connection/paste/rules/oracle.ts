import {
  FILE_PATH,
  HOST_OVERRIDE,
  OTHER_LOGIN,
  readSwitch,
  refuse,
  take,
  time,
  UNCHECKED,
  type Rule,
  type Rules,
} from './rule.ts';

const NO_SID =
  "a SID names an instance; a service name is expected (select value from v$parameter where name = 'service_names')";

const protocol: Rule = (draft, key, value) => {
  const word = value.trim().toLowerCase();
  if (word === 'tcps') draft.encrypt(key, true);
  else if (word !== 'tcp') draft.refuse(key, 'a protocol other than TCP and TCPS');
};

/** A name that the certificate must have is checked in any case; only switching that off counts. */
const nameMatch: Rule = (draft, key, value) =>
  readSwitch(value) === true ? draft.ignore(key) : draft.refuse(key, UNCHECKED);

/** Oracle Net's descriptor and EZConnect Plus (Net Services Reference, local naming parameters), the JDBC thin driver, ODP.NET. */
export const oracle: Rules = {
  protocol,
  servicename: take('serviceName'),
  service: take('serviceName'),
  database: take('serviceName'),
  databasename: take('serviceName'),
  dbname: take('serviceName'),
  db: take('serviceName'),
  // dedicated, shared or pooled: how the server serves, not where it is
  server: (draft, key, value) =>
    /^(?:dedicated|shared|pooled)$/i.test(value.trim()) ? draft.ignore(key) : draft.refuse(key, HOST_OVERRIDE),
  sid: refuse(NO_SID),
  currentschema: take('schema'),
  connecttimeout: time('pool.connectTimeoutMs', 's'),
  transportconnecttimeout: time('pool.connectTimeoutMs', 's'),
  connectiontimeout: time('pool.connectTimeoutMs', 's'),
  ssl: refuse('an unknown way to say it; choose the TLS mode'),
  sslserverdnmatch: nameMatch,
  oraclenetsslserverdnmatch: nameMatch,
  walletlocation: refuse(FILE_PATH),
  oraclenetwalletlocation: refuse(FILE_PATH),
  mywalletdirectory: refuse(FILE_PATH),
  walletpassword: refuse(FILE_PATH),
  tnsadmin: refuse(FILE_PATH),
  oraclenettnsadmin: refuse(FILE_PATH),
  configdir: refuse(FILE_PATH),
  tokenlocation: refuse(FILE_PATH),
  tokenauth: refuse(OTHER_LOGIN),
  dbapassword: refuse(OTHER_LOGIN),
  dbaprivilege: refuse('a login as administrator'),
  internallogon: refuse('a login as administrator'),
  proxyuserid: refuse(OTHER_LOGIN),
  proxypassword: refuse(OTHER_LOGIN),
  httpsproxy: refuse(HOST_OVERRIDE),
  httpsproxyport: refuse(HOST_OVERRIDE),
  socksproxy: refuse(HOST_OVERRIDE),
  socksproxyport: refuse(HOST_OVERRIDE),
  socksproxyhost: refuse(HOST_OVERRIDE),
  sourceroute: (draft, key, value) =>
    readSwitch(value) === false ? draft.ignore(key) : draft.refuse(key, HOST_OVERRIDE),
  usedbrouter: refuse(HOST_OVERRIDE),
};
