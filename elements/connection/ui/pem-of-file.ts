/** bytes; what a variable of type `file` may hold */
export const FILE_LIMIT = 1024 * 1024;

export type PemKind = 'certificate' | 'key';
export type PemOfFile = { ok: true; pem: string } | { ok: false; message: string };

const WORDS: Record<PemKind, string> = { certificate: 'a certificate', key: 'a private key' };

/**
 * The text of an uploaded file as a field keeps it: of PEM only the blocks of its kind (a file may hold certificate and
 * key), DER (.crt, .cer, .der, .key) as PEM. Whether it can be read is checked on the server.
 */
export function pemOfFile(bytes: Uint8Array, kind: PemKind): PemOfFile {
  if (bytes.length > FILE_LIMIT) return { ok: false, message: 'The file is larger than 1 MiB. Choose another one.' };
  const text = new TextDecoder().decode(bytes);
  if (text.includes('-----BEGIN ')) {
    const blocks = blocksOf(text, kind);
    return blocks.length > 0
      ? { ok: true, pem: `${blocks.join('\n')}\n` }
      : { ok: false, message: `The file holds PEM text, but not ${WORDS[kind]}. Choose another one.` };
  }
  const found = labelOfDer(bytes);
  if (found === null)
    return { ok: false, message: `Expected ${WORDS[kind]} as PEM or DER. Choose another file, or convert it to PEM.` };
  if ((found === 'CERTIFICATE') !== (kind === 'certificate')) {
    return { ok: false, message: `The file does not hold ${WORDS[kind]}. Choose another one.` };
  }
  return { ok: true, pem: wrapped(bytes, found) };
}

function blocksOf(text: string, kind: PemKind): string[] {
  const label = kind === 'certificate' ? '[A-Z0-9 ]*CERTIFICATE' : '[A-Z ]*PRIVATE KEY';
  const blocks = text
    .replaceAll('\r\n', '\n')
    .match(new RegExp(`-----BEGIN (${label})-----[^]*?-----END \\1-----`, 'g'));
  return blocks ?? [];
}

const [SEQUENCE, INTEGER, OCTETS] = [0x30, 0x02, 0x04];

/**
 * What a DER text is, by its first tags: X.509 (RFC 5280) and encrypted PKCS#8 begin with a sequence, PKCS#8, PKCS#1 and
 * SEC 1 with a version. null: none of them, such as PKCS#7 or PKCS#12.
 */
function labelOfDer(bytes: Uint8Array): string | null {
  if (bytes[0] !== SEQUENCE) return null;
  const outer = contentAt(bytes, 0);
  if (outer === null) return null;
  if (bytes[outer] === SEQUENCE) return labelOfSequence(bytes, outer);
  if (bytes[outer] !== INTEGER || bytes[outer + 1] !== 1) return null;
  const [version, next] = [bytes[outer + 2], bytes[outer + 3]];
  if (version === 0 && next === INTEGER) return 'RSA PRIVATE KEY';
  if (version === 1 && next === OCTETS) return 'EC PRIVATE KEY';
  return (version === 0 || version === 1) && next === SEQUENCE ? 'PRIVATE KEY' : null;
}

/** A certificate's first part is a long sequence of its own; of an encrypted key it is an algorithm's identifier. */
function labelOfSequence(bytes: Uint8Array, at: number): string | null {
  const inner = contentAt(bytes, at);
  if (inner === null) return null;
  const OBJECT_IDENTIFIER = 0x06;
  return bytes[inner] === OBJECT_IDENTIFIER ? 'ENCRYPTED PRIVATE KEY' : 'CERTIFICATE';
}

/** Where the content of the element at `at` begins (X.690 section 8.1.3). */
function contentAt(bytes: Uint8Array, at: number): number | null {
  const length = bytes[at + 1];
  if (length === undefined) return null;
  return length < 0x80 ? at + 2 : at + 2 + (length & 0x7f);
}

function wrapped(bytes: Uint8Array, label: string): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
