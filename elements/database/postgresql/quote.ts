/** PostgreSQL cuts longer names silently (manual, section 4.1.1), so that what was made could not be found again. */
const MAX_BYTES = 63;

/** A name as a quoted identifier. @throws for a name that PostgreSQL would cut or can not hold */
export function quote(name: string): string {
  if (name === '' || name.includes('\0')) throw new Error('a name must have 1 to 63 bytes and no NUL');
  if (name.length * 3 > MAX_BYTES && Buffer.byteLength(name) > MAX_BYTES) {
    throw new Error(`the name ${name} has more than ${MAX_BYTES} bytes`);
  }
  return name.includes('"') ? `"${name.replaceAll('"', '""')}"` : `"${name}"`;
}

/** `"schema"."name"`, or the name alone where the session's schema is meant. */
export function qualify(schema: string | null, name: string): string {
  return schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

/** A text as a string literal; the session runs with standard_conforming_strings. For DDL, which takes no parameters. */
export function literal(text: string): string {
  if (text.includes('\0')) throw new Error('a text in PostgreSQL can not hold NUL');
  return `'${text.replaceAll("'", "''")}'`;
}
