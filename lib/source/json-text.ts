/** Text of a source file: two-space JSON with a final newline, keys in the order given. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
