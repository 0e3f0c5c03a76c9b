/** Names and literals as T-SQL spells them, with QUOTED_IDENTIFIER on or off. Pure. */

/** A name in brackets (Transact-SQL reference, "Database identifiers"). @throws when it can be no name */
export function quote(name: string): string {
  if (name === '' || name.length > 128) throw new Error(`${name} does not have 1 to 128 characters`);
  if (name.includes('\0')) throw new Error('a name can not hold NUL');
  return `[${name.replaceAll(']', ']]')}]`;
}

/** @param schema null: the session's own */
export function qualify(schema: string | null, name: string): string {
  return schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

/** A Unicode literal, for DDL and fixed texts only: values of queries are parameters. A backslash at a line's end would join two lines. */
export function literal(text: string): string {
  const quoted = `N'${text.replaceAll("'", "''")}'`;
  return quoted.replaceAll(/\\(\r?\n)/g, "\\' + N'$1");
}

export const names = (columns: readonly string[]) => columns.map(quote).join(', ');
