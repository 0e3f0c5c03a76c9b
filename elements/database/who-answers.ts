/** Who is on a port that speaks another protocol than was hoped for, by the first bytes it sent. */

type Sign = [start: RegExp, who: string];

/** Of control bytes the pictures that Unicode has of them (U+2400 and on), which regular expressions may hold. */
const SIGNS: Sign[] = [
  [/^HTTP\/\d/, 'HTTP answers there'],
  [/^SSH-\d/, 'SSH answers there'],
  // a record of TLS (RFC 8446, section 5.1): alert or handshake
  [/^[␕␖]␃[␀-␄]/, 'a server that wants TLS from the first byte answers there, as HTTPS does'],
  // a greeting, or an error instead of one: length, sequence number 0, protocol 10 or 0xff
  [/^...␀␊[^␀]*MariaDB/, 'a MariaDB server answers there'],
  [/^...␀[␊ÿ]/, 'a MySQL server answers there'],
  [/^␅␀␀␀␋␈␅␚␀/, 'the X Protocol of a MySQL server answers there'],
  // an error with its severity, a request to sign in, or the one byte that answers a request for TLS
  [/^E....S[A-Z]+␀/, 'a PostgreSQL server answers there'],
  [/^R␀␀␀.␀␀␀/, 'a PostgreSQL server answers there'],
  [/^[SN]$/, 'a PostgreSQL server answers there'],
  // a tabular result (MS-TDS, section 2.2.3.1)
  [/^␄␁..␀/, 'a SQL Server answers there'],
  // length, checksum 0, then the type: accept, refuse, redirect, resend
  [/^..␀␀[␂␄␅␋]␀/, 'an Oracle listener answers there'],
  [/^(?:-(?:ERR|NOAUTH|DENIED)|\+PONG)/, 'Redis answers there'],
  [/^220[ -]/, 'a mail or FTP server answers there'],
];

const READ_BYTES = 200;
const SHOWN_BYTES = 40;

/** `HTTP answers there`; of what no sign is known, what it said, printable and short. */
export function whoAnswers(bytes: Buffer): string {
  const start = [...bytes.subarray(0, READ_BYTES)];
  const text = start.map((byte) => String.fromCharCode(byte < 0x20 ? 0x2400 + byte : byte)).join('');
  const known = SIGNS.find(([pattern]) => pattern.test(text));
  return known?.[1] ?? `it said ${JSON.stringify(text.slice(0, SHOWN_BYTES).replaceAll(/[^ -~]/g, '.'))}`;
}
