import type { Value } from '../query.ts';
import type { ColumnType, Parameter } from '../schema.ts';

/**
 * A checked value in the form in which it is stored. Date and time are texts that sort by time:
 * `2026-01-31 13:45:00.5`, an instant in UTC without its zone, as CURRENT_TIMESTAMP and the date functions write them.
 */
export function bindValue(value: Exclude<Value, null>, type: ColumnType): Parameter {
  switch (type.kind) {
    case 'boolean':
      return value ? 1 : 0;
    case 'datetime':
    case 'instant':
      return withoutEndZeros(String(value).replace('T', ' ').replace(/Z$/u, ''));
    case 'time':
      return withoutEndZeros(String(value));
    case 'binary':
      return Uint8Array.from(Buffer.from(String(value).slice(2), 'hex'));
    default:
      return value;
  }
}

/** Equal times have equal texts. */
function withoutEndZeros(time: string): string {
  return time.replace(/(\.\d*?)0+$/u, '$1').replace(/\.$/u, '');
}
