import type { Value } from '../../query.ts';
import type { ColumnType } from '../../schema.ts';

/** What a driver of this family fetched, as the {@link Value} it stands for. Pure. */
export function fetchedValue(fetched: unknown, type: ColumnType): Value {
  if (fetched === null || fetched === undefined) return null;
  if (type.kind === 'binary') return `\\x${Buffer.from(fetched as Uint8Array).toString('hex')}`;
  const text = String(fetched);
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'decimal':
      return withZero(text);
    case 'double':
      return Number.isFinite(Number(text)) ? Number(text) : null;
    case 'boolean':
      return Number(text) !== 0;
    case 'date':
      return text.slice(0, 10);
    case 'time':
      return trimmed(/\d\d:\d\d:\d\d(?:\.\d+)?$/.exec(text)?.[0] ?? text);
    case 'datetime':
      return trimmed(text);
    case 'instant':
      return `${trimmed(text)}Z`;
    case 'uuid':
      return dashed(text.toLowerCase());
    default:
      return text;
  }
}

/** A value as JSON, with all digits of its number. Pure. */
export function valueJson(value: Value, type: ColumnType): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'json':
      return String(value);
    case 'instant':
      return JSON.stringify(String(value).replace(/Z$/, '+00:00'));
    default:
      return JSON.stringify(value);
  }
}

/** Oracle prints `.5` and `-.5`, which is no JSON. */
const withZero = (text: string) => text.trim().replace(/^(-?)\./, '$10.');

/** A fraction only where it is not zero, and without zeros at its end, as PostgreSQL prints it. */
const trimmed = (text: string) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

const dashed = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
