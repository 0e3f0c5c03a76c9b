type Parts = Partial<Record<'host' | 'port' | 'instance', string>>;

/** The server of an ADO.NET or ODBC text (SqlClient, Data Source): `[tcp:]host[\instance][,port]`, `.` and `(local)` being this machine. */
export function readDataSource(text: string): { parts: Parts } | { wrong: string } {
  const value = text.trim();
  if (/^(?:np|lpc|admin|via):/i.test(value) || value.startsWith('\\\\')) return { wrong: 'a protocol other than TCP' };
  if (/^\(localdb\)/i.test(value)) return { wrong: 'a server of its own for one user' };
  const rest = value.replace(/^tcp:/i, '');
  const [, server = '', instance, port] = /^([^\\,]*)(?:\\([^\\,]*))?(?:,\s*(\d*)\s*)?$/.exec(rest) ?? [];
  if (server === '') return { wrong: 'no server such as tcp:host\\instance,1433' };
  const host = /^(?:\.|\(local\))$/i.test(server.trim()) ? 'localhost' : server.trim();
  return { parts: { host, ...(instance ? { instance: instance.trim() } : {}), ...(port ? { port } : {}) } };
}
