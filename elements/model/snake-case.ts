/**
 * `AlbumId` → `album_id`, `HTTPServer` → `http_server`, `Billing Address` → `billing_address`: letters, digits and _ only, so that
 * the result can name a field or an element. @param fallback for a name of which nothing is left
 */
export function snakeCase(name: string, fallback: string): string {
  return plainName(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2'), fallback)
    .toLowerCase()
    .replace(/__+/g, '_');
}

/** The name as it is, as far as it can name a field or an element: letters, digits and _, a letter first, at most 63. */
export function plainName(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const letterFirst = /^[A-Za-z]/.test(plain) ? plain : `${fallback}_${plain}`;
  return letterFirst.slice(0, 60).replace(/_+$/, '');
}

/** `name`, or `name_2`, `name_3`, … where it is taken; case does not count. Adds it to `taken`. */
export function untaken(name: string, taken: Set<string>): string {
  let found = name;
  for (let n = 2; taken.has(found.toLowerCase()); n += 1) found = `${name}_${n}`;
  taken.add(found.toLowerCase());
  return found;
}
