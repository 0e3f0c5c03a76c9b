import type { ColumnType, Default } from '../../schema.ts';

const WHOLE = new Set(['integer', 'bigint']);
const NUMERIC = new Set(['integer', 'bigint', 'decimal', 'double']);

/** How a default comes back from introspection, so that the diff compares like with like. Pure. */
export function settleDefault(value: Default, type: ColumnType): Default {
  if (value.kind !== 'literal') return value;
  return { kind: 'literal', value: settleLiteral(value.value, type) };
}

function settleLiteral(value: string | number | boolean, type: ColumnType): string | number | boolean {
  if (type.kind === 'boolean') return value === true || value === 1 || value === '1' || value === 'true';
  if (NUMERIC.has(type.kind)) return settleNumber(String(value), type);
  const text = String(value);
  if (type.kind === 'datetime' || type.kind === 'instant')
    return trimmed(text.replace('T', ' ').replace(/ ?(?:Z|\+00:00)$/, ''));
  if (type.kind === 'uuid') return text.toLowerCase();
  return type.kind === 'time' ? trimmed(text) : text;
}

/** A number where a double holds every digit, else the digits. Zeros behind the point do not matter. */
function settleNumber(text: string, type: ColumnType): string | number {
  const bare = WHOLE.has(type.kind) || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
  const number = Number(bare);
  return String(number) === bare || type.kind === 'double' ? number : bare;
}

const trimmed = (text: string) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
