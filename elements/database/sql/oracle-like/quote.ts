/** Oracle Database 19c SQL Language Reference, "Database Object Naming Rules": 128 bytes from 12.2 on. */
const MAX_BYTES = 128;

/** A name as a quoted identifier, exactly as given. @throws for a name that can not be quoted: there is no escape for `"` */
export function quote(name: string): string {
  if (name === '' || /["\0]/.test(name)) throw new Error('a name must not be empty, and holds neither " nor NUL');
  if (name.length * 3 > MAX_BYTES && Buffer.byteLength(name) > MAX_BYTES) {
    throw new Error(`the name ${name} has more than ${MAX_BYTES} bytes`);
  }
  return `"${name}"`;
}

/** `"schema"."name"`, or the name alone where the session's schema is meant. */
export function qualify(schema: string | null, name: string): string {
  return schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

/** A text as a literal, for DDL only: defaults and comments can not be parameters. */
export function literal(text: string): string {
  if (text.includes('\0')) throw new Error('a text literal can not hold NUL');
  return `'${text.replaceAll("'", "''")}'`;
}
