import { encrypt, FILE_PATH, refuse, SEVERAL_HOSTS, STATEMENTS, take, time, type Rules } from './rule.ts';

/** The JDBC and Node drivers of DM8 (DM programmer's guide, connection properties). */
export const dm: Rules = {
  currentschema: take('schema'),
  tcpport: take('port'),
  // times without a unit are milliseconds in all of its drivers
  connecttimeout: time('pool.connectTimeoutMs', 'ms'),
  ssl: encrypt,
  sslfilespath: refuse(FILE_PATH),
  sslcertpath: refuse(FILE_PATH),
  sslkeypath: refuse(FILE_PATH),
  sslkeystorepass: refuse(FILE_PATH),
  ukeyname: refuse(FILE_PATH),
  ukeypin: refuse(FILE_PATH),
  svcconfpath: refuse(FILE_PATH),
  logdir: refuse(FILE_PATH),
  statdir: refuse(FILE_PATH),
  initsql: refuse(STATEMENTS),
  epgroup: refuse(SEVERAL_HOSTS),
  loginmode: refuse(SEVERAL_HOSTS),
};
