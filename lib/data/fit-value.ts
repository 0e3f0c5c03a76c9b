import type { Value } from '#elements/database/query.ts';
import type { ColumnType } from '#elements/database/schema.ts';
import { DataError } from './data-error.ts';

/**
 * Makes a value that is to be written fit its column as PostgreSQL does, on engines too that would take anything: a longer text is
 * refused (22001), a decimal is rounded to its scale, half away from zero, and refused when it has too many digits (22003).
 */
export function fitValue(value: Value, type: ColumnType): Value {
  if (typeof value !== 'string') return value;
  if (type.kind === 'text' && type.length !== null && value.length > type.length && [...value].length > type.length) {
    throw new DataError(400, '22001', `value too long for type character varying(${type.length})`);
  }
  return type.kind === 'decimal' ? fitDecimal(value, type.precision, type.scale) : value;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** @param text a decimal number, checked before; its exponent has three digits at most */
export function fitDecimal(text: string, precision: number, scale: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const shift = fraction.length - Number(exponent) - scale;
  const digits = BigInt(`${whole}${fraction}` || '0');
  const scaled = shift <= 0 ? digits * 10n ** BigInt(-shift) : rounded(digits, 10n ** BigInt(shift));
  if (scaled >= 10n ** BigInt(precision)) {
    throw new DataError(400, '22003', 'numeric field overflow', {
      details: `A field with precision ${precision}, scale ${scale} holds less than 10^${precision - scale}.`,
    });
  }
  const padded = String(scaled).padStart(scale + 1, '0');
  const point = padded.length - scale;
  const minus = sign === '-' && scaled !== 0n ? '-' : '';
  return `${minus}${padded.slice(0, point)}${scale > 0 ? `.${padded.slice(point)}` : ''}`;
}

function rounded(digits: bigint, unit: bigint): bigint {
  return (digits + unit / 2n) / unit;
}
