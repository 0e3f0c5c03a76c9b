/** In the order in which a connection passes them. */
export const CONNECT_STAGES = ['dns', 'tcp', 'tls', 'login', 'database', 'schema'] as const;
export type ConnectStage = (typeof CONNECT_STAGES)[number];

/**
 * Every way in which connecting fails, once: at which stage it shows, which field is at fault, and what to do next.
 * `{host}`, `{port}`, `{user}`, `{database}`, `{schema}` and `{detail}` are filled in by `lib/connections/test`.
 */
export const CONNECT_CAUSES = {
  'unknown-host': {
    stage: 'dns',
    field: 'host',
    found: 'no address is known for {host}',
    next: 'Check the host name.',
  },
  refused: {
    stage: 'tcp',
    field: 'port',
    found: '{host}:{port} refused the connection',
    next: 'Check host and port, and that the server is running.',
  },
  unreachable: {
    stage: 'tcp',
    field: 'host',
    found: '{host}:{port} can not be reached',
    next: 'Check the host, the network and the firewall between the portal and it.',
  },
  'timed-out': {
    stage: 'tcp',
    field: 'host',
    found: '{host}:{port} did not answer in time',
    next: 'Check host and port; a firewall that drops packets looks like this too.',
  },
  'wrong-protocol': {
    stage: 'login',
    field: 'port',
    found: 'what answers on {host}:{port} does not speak this protocol',
    next: 'Check the port, and that the engine is the right one.',
  },
  closed: {
    stage: 'login',
    field: 'port',
    found: '{host}:{port} closed the connection during sign-in',
    next: 'Look at the log of the server; a proxy or a connection limit may have cut it.',
  },
  'login-timed-out': {
    stage: 'login',
    field: 'port',
    found: '{host}:{port} took the connection but did not answer in time',
    next: 'Check that the port is the one of the database, and look at the load of the server.',
  },
  'tls-required': {
    stage: 'login',
    field: 'tls.mode',
    found: 'the server takes encrypted connections only',
    next: 'Set the TLS mode to verify-full, with the CA of the server.',
  },
  'tls-refused': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the server does not offer TLS',
    next: 'Switch TLS on at the server, or set the TLS mode to disable if the network is trusted.',
  },
  'tls-failed': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the TLS handshake failed: {detail}',
    next: 'Check which TLS versions the server allows.',
  },
  'certificate-expired': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the certificate of the server has expired',
    next: 'Renew the certificate on the server.',
  },
  'certificate-not-yet-valid': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the certificate of the server is not valid yet',
    next: 'Check the clocks of both machines and the certificate.',
  },
  'unknown-issuer': {
    stage: 'tls',
    field: 'tls.ca',
    found: 'the certificate of the server is signed by an issuer that is not trusted',
    next: 'Put the certificate of the issuing CA into CA.',
  },
  'wrong-name': {
    stage: 'tls',
    field: 'tls.serverName',
    found: 'the certificate of the server is for another name: {detail}',
    next: 'Set the server name to one of those in the certificate, or correct the host.',
  },
  'client-certificate-wanted': {
    stage: 'tls',
    field: 'tls.cert',
    found: 'the server asks for a client certificate',
    next: 'Fill in client certificate and client key.',
  },
  'client-certificate-refused': {
    stage: 'tls',
    field: 'tls.cert',
    found: 'the server does not accept the client certificate',
    next: 'Check that the certificate belongs to the user and is signed by a CA the server trusts.',
  },
  'bad-ca': {
    stage: 'tls',
    field: 'tls.ca',
    found: 'the CA is not a PEM certificate',
    next: 'Paste the CA as PEM text, from BEGIN CERTIFICATE to END CERTIFICATE.',
  },
  'bad-client-certificate': {
    stage: 'tls',
    field: 'tls.cert',
    found: 'the client certificate is not a PEM certificate',
    next: 'Paste the client certificate as PEM text.',
  },
  'bad-client-key': {
    stage: 'tls',
    field: 'tls.key',
    found: 'the client key can not be read, or does not fit the certificate',
    next: 'Check the key, its pass-phrase, and that it belongs to the certificate.',
  },
  'wrong-login': {
    stage: 'login',
    field: 'password',
    found: 'user {user} was refused: wrong user or password',
    next: 'Enter the password again, or check the user. Some servers that want TLS answer an unencrypted sign-in like this.',
  },
  'host-not-allowed': {
    stage: 'login',
    field: 'user',
    found: 'the server does not let {user} in from this address',
    next: 'Allow the address of the portal on the server (pg_hba.conf, or the host part of the user).',
  },
  'account-locked': {
    stage: 'login',
    field: 'user',
    found: 'the account of {user} is locked or its password has expired',
    next: 'Unlock the account or set a new password on the server.',
  },
  'unsupported-authentication': {
    stage: 'login',
    field: 'user',
    found: 'the server asks for a way to sign in that is not supported: {detail}',
    next: 'Let the user sign in with a password on the server.',
  },
  'too-many-connections': {
    stage: 'login',
    field: 'pool.max',
    found: 'the server has no free connection left',
    next: 'Lower the pools that use it, or raise the limit of the server.',
  },
  'starting-up': {
    stage: 'login',
    field: 'host',
    found: 'the server is starting up or shutting down',
    next: 'Try again in a moment.',
  },
  'server-too-old': {
    stage: 'login',
    field: 'host',
    found: 'the server is older than what is supported: {detail}',
    next: 'Upgrade the server.',
  },
  redirected: {
    stage: 'login',
    field: 'host',
    found: '{host}:{port} sends one on to {detail}, an address that was not checked',
    next: 'Give the address that it sends one on to as host and port.',
  },
  'unknown-service': {
    stage: 'database',
    field: 'serviceName',
    found: 'the listener offers no service of that name: {detail}',
    next: 'Check the service name; `lsnrctl services` on the server lists those that there are.',
  },
  'unknown-database': {
    stage: 'database',
    field: 'database',
    found: 'there is no database {database}',
    next: 'Create it, or choose one that exists.',
  },
  'no-database-right': {
    stage: 'database',
    field: 'database',
    found: '{user} may not connect to database {database}',
    next: 'Grant the user the right to connect to it.',
  },
  'unknown-schema': {
    stage: 'schema',
    field: 'schema',
    found: 'there is no schema {schema}',
    next: 'Create it, or choose one that exists.',
  },
  'missing-file': {
    stage: 'database',
    field: 'file',
    found: 'there is no file {database}',
    next: 'Create it, or check the path.',
  },
  'not-a-database': {
    stage: 'database',
    field: 'file',
    found: '{database} is not a database file',
    next: 'Choose a file that this engine made.',
  },
  'file-not-readable': {
    stage: 'database',
    field: 'file',
    found: '{database} can not be opened: {detail}',
    next: 'Check the rights of the file and its folder.',
  },
  other: {
    stage: 'login',
    field: 'host',
    found: 'the connection failed: {detail}',
    next: 'Look at the log of the server.',
  },
} as const satisfies Record<string, { stage: ConnectStage; field: string; found: string; next: string }>;

export type ConnectCause = keyof typeof CONNECT_CAUSES;
