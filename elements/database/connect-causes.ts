/** In the order in which a connection passes them. */
export const CONNECT_STAGES = ['dns', 'tcp', 'tls', 'login', 'database', 'schema'] as const;
export type ConnectStage = (typeof CONNECT_STAGES)[number];

/** Where a cause shows, in words that `lib/connections/test` fills in. */
type CauseRow<Stage> = {
  stage: Stage;
  field: string;
  found: string;
  next: string;
  /** what to ask whoever runs the server for; left out where the element itself is to be mended */
  ask?: string;
};

/**
 * Every way in which connecting fails, once: at which stage it shows, which field is at fault, and what to do next.
 * `{host}`, `{port}`, `{user}`, `{database}`, `{schema}`, `{engine}`, `{usual port}`, `{from}` and `{detail}` are filled in.
 */
export const CONNECT_CAUSES = {
  'unknown-host': {
    stage: 'dns',
    field: 'host',
    found: 'no address is known for {host}',
    next: 'Check the host name.',
    ask: 'Tell me the host name or address of the server as it is known where the portal runs.',
  },
  'dns-timed-out': {
    stage: 'dns',
    field: 'host',
    found: 'the look-up of {host} was not answered in time',
    next: 'Check the host name and the name server of the portal’s machine.',
  },
  refused: {
    stage: 'tcp',
    field: 'port',
    found: '{host}:{port} refused the connection',
    next: 'Check host and port, and that the server is running and listens to more than its own machine.',
    ask: 'Check that the server is running and listens on port {port} for connections from {from}.',
  },
  filtered: {
    stage: 'tcp',
    field: 'host',
    found: '{host}:{port} did not answer at all, as where a firewall drops what is sent',
    next: 'Check host and port, and let the firewalls on the way pass connections from {from}.',
    ask: 'Open the firewalls on the way for TCP connections from {from} to {host}, port {port}.',
  },
  unreachable: {
    stage: 'tcp',
    field: 'host',
    found: '{host}:{port} can not be reached: there is no way to it, or it is prohibited',
    next: 'Check the host and the network, and let the firewalls on the way pass connections from {from}.',
    ask: 'Check the way from {from} to {host}, and that firewalls on it let TCP connections to port {port} pass.',
  },
  'unknown-instance': {
    stage: 'tcp',
    field: 'instance',
    found: 'no port was found for the instance on {host}: {detail}',
    next: 'Check the instance, and that SQL Server Browser runs and UDP port 1434 is open; or give the port and no instance.',
  },
  'wrong-protocol': {
    stage: 'login',
    field: 'port',
    found: 'what is on {host}:{port} does not speak the protocol of {engine}: {detail}',
    next: 'Check the port, which is {usual port} as a rule, and that the engine is the right one.',
    ask: 'Tell me on which host and port the {engine} server takes connections.',
  },
  closed: {
    stage: 'login',
    field: 'port',
    found: '{host}:{port} closed the connection during sign-in',
    next: 'Look at the log of the server; a proxy or a connection limit may have cut it.',
    ask: 'Look in the log of the server, or of the proxy before it, why the connection from {from} was closed.',
  },
  'login-timed-out': {
    stage: 'login',
    field: 'port',
    found: '{host}:{port} took the connection but did not answer in time',
    next: 'Check that the port is the one of the database, and look at the load of the server.',
    ask: 'Check the load of the server, and that port {port} is the one of {engine}.',
  },
  'tls-required': {
    stage: 'login',
    field: 'tls.mode',
    found: 'the server takes encrypted connections only',
    next: 'Set the TLS mode to verify-full, with the CA of the server.',
    ask: 'Send me the certificate of the CA that signed the server’s certificate, as PEM.',
  },
  'tls-refused': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the server does not offer TLS',
    next: 'Switch TLS on at the server, or set the TLS mode to disable if the network is trusted.',
    ask: 'Switch TLS on at the server, with a certificate for {host}.',
  },
  'tls-failed': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the TLS handshake failed: {detail}',
    next: 'Check which TLS versions the server allows.',
    ask: 'Check that the server offers TLS 1.2 or newer, and what its log says of the handshake from {from}.',
  },
  'certificate-expired': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the certificate of the server has expired: {detail}',
    next: 'Renew the certificate on the server.',
    ask: 'Renew the certificate of the server.',
  },
  'certificate-not-yet-valid': {
    stage: 'tls',
    field: 'tls.mode',
    found: 'the certificate of the server is not valid yet: {detail}',
    next: 'Check the clocks of both machines and the certificate.',
    ask: 'Check the clock of the machine that made the certificate, and give the server one that is valid now.',
  },
  'unknown-issuer': {
    stage: 'tls',
    field: 'tls.ca',
    found: 'the certificate of the server is signed by an issuer that is not trusted: {detail}',
    next: 'Put the certificate of the issuing CA into CA.',
    ask: 'Send me the certificate of the CA that signed the server’s certificate, as PEM.',
  },
  'wrong-name': {
    stage: 'tls',
    field: 'tls.serverName',
    found: 'the certificate of the server is not for this name, but for {detail}',
    next: 'Set the server name to one of those in the certificate, or correct the host.',
    ask: 'Tell me which name of the certificate is the server’s own, or give the server a certificate for {host}.',
  },
  'client-certificate-wanted': {
    stage: 'tls',
    field: 'tls.cert',
    found: 'the server asks for a client certificate',
    next: 'Fill in client certificate and client key.',
    ask: 'Issue a client certificate for {user}, signed by a CA that the server trusts.',
  },
  'client-certificate-refused': {
    stage: 'tls',
    field: 'tls.cert',
    found: 'the server does not accept the client certificate',
    next: 'Check that the certificate belongs to the user and is signed by a CA the server trusts.',
    ask: 'Tell me which client certificates the server accepts for {user}, and which CA must sign them.',
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
    ask: 'Check that the user {user} exists and may sign in from {from}, and set a new password if need be.',
  },
  'host-not-allowed': {
    stage: 'login',
    field: 'user',
    found: 'the server does not let {user} in from this address: {detail}',
    next: 'Allow {from} on the server (pg_hba.conf, or the host part of the user).',
    ask: 'Allow {user} to sign in from {from}.',
  },
  'account-locked': {
    stage: 'login',
    field: 'user',
    found: 'the account of {user} is locked, or may not sign in',
    next: 'Unlock the account on the server.',
    ask: 'Unlock the account of {user}, and tell me why it was locked.',
  },
  'account-expired': {
    stage: 'login',
    field: 'password',
    found: 'the account of {user}, or its password, has expired',
    next: 'Set a new password on the server, and enter it here.',
    ask: 'Extend the account of {user}, and set a new password where that has expired.',
  },
  'unsupported-authentication': {
    stage: 'login',
    field: 'user',
    found: 'the server asks for a way to sign in that is not supported: {detail}',
    next: 'Let the user sign in with a password on the server.',
    ask: 'Let {user} sign in with a password.',
  },
  'too-many-connections': {
    stage: 'login',
    field: 'pool.max',
    found: 'the server has no free connection left: {detail}',
    next: 'Lower the pools that use it, or raise the limit of the server or of the user.',
    ask: 'Tell me how many connections {user} may have, and who holds those of the server; raise the limit if need be.',
  },
  'starting-up': {
    stage: 'login',
    field: 'host',
    found: 'the server is starting up or shutting down',
    next: 'Try again in a moment.',
    ask: 'Tell me when the server takes connections again.',
  },
  redirected: {
    stage: 'login',
    field: 'host',
    found: 'the server sends its clients on to another address: {detail}',
    next: 'Name that server as the host. The portal follows no address that a server sends.',
  },
  'server-too-old': {
    stage: 'login',
    field: 'host',
    found: 'the server is older than what is supported: {detail}',
    next: 'Upgrade the server.',
    ask: 'Upgrade the server, or give me a newer one.',
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
    ask: 'Create the database {database} and let {user} use it, or tell me its right name.',
  },
  'no-database-right': {
    stage: 'database',
    field: 'database',
    found: '{user} may not connect to database {database}',
    next: 'Check the name, since some servers say so of a database that is not there; else grant the user the right to it.',
    ask: 'Grant {user} the right to connect to database {database}.',
  },
  'unknown-schema': {
    stage: 'schema',
    field: 'schema',
    found: 'there is no schema {schema}',
    next: 'Create it, or choose one that exists.',
    ask: 'Create the schema {schema} in database {database} and let {user} use it, or tell me its right name.',
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
    ask: 'Look in the log of the server for what happened to the connection from {from}.',
  },
} as const satisfies Record<string, CauseRow<ConnectStage>>;

export type ConnectCause = keyof typeof CONNECT_CAUSES;
