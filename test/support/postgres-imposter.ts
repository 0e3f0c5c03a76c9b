/** What a PostgreSQL server says in the handshake, for small servers that say what a test wants. Manual, section 54.7. */

export function message(kind: string, ...parts: (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part);
      const word = Buffer.alloc(4);
      word.writeInt32BE(part);
      return word;
    }),
  );
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export const refusalBy = (code: string, text: string) => message('E', `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);

export const welcome = (version: string) =>
  Buffer.concat([message('R', 0), message('S', `server_version\0${version}\0`), message('K', 1, 2), message('Z', 'I')]);
