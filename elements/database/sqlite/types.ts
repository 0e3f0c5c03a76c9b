/**
 * Types by declared name. SQLite keeps the name as written and derives only an affinity from it
 * (manual, "Datatypes In SQLite" section 3.1), so every logical type has a name of its own, chosen so that
 * the affinity never changes a stored value: NUMERIC affinity leaves texts alone that are no number, as
 * dates, times and UUIDs are; JSON may be one (`1.10`), so it is kept in a TEXT column.
 */
import { assertNever } from '#lib/core/assert-never.ts';
import type { TypeTable } from '../contract.ts';
import type { Column, ColumnType } from '../schema.ts';
import { settleDefault } from './defaults.ts';

const BY_NAME: Record<string, ColumnType['kind']> = {
  TEXT: 'longText',
  CLOB: 'longText',
  INT: 'integer',
  INTEGER: 'integer',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  MEDIUMINT: 'integer',
  INT2: 'integer',
  INT4: 'integer',
  BIGINT: 'bigint',
  INT8: 'bigint',
  'UNSIGNED BIG INT': 'bigint',
  REAL: 'double',
  DOUBLE: 'double',
  'DOUBLE PRECISION': 'double',
  FLOAT: 'double',
  NUMERIC: 'double',
  DECIMAL: 'double',
  BOOLEAN: 'boolean',
  BOOL: 'boolean',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime',
  TIMESTAMP: 'datetime',
  TIMESTAMPTZ: 'instant',
  'TIMESTAMP WITH TIME ZONE': 'instant',
  UUID: 'uuid',
  GUID: 'uuid',
  UNIQUEIDENTIFIER: 'uuid',
  JSONTEXT: 'json',
  JSON: 'json',
  JSONB: 'json',
  BLOB: 'binary',
  BINARY: 'binary',
  VARBINARY: 'binary',
};

const TEXT_NAMES = new Set([
  'CHAR',
  'NCHAR',
  'VARCHAR',
  'NVARCHAR',
  'CHARACTER',
  'CHARACTER VARYING',
  'VARYING CHARACTER',
  'NATIVE CHARACTER',
]);

export const types: TypeTable = { native, logical, loss, settleDefault, narrows };

function native(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.length === null ? 'VARCHAR' : `VARCHAR(${type.length})`;
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'choice':
    case 'longText':
      return 'TEXT';
    case 'integer':
    case 'bigint':
    case 'double':
    case 'boolean':
    case 'date':
    case 'time':
    case 'datetime':
    case 'uuid':
      return type.kind.toUpperCase();
    case 'instant':
      return 'TIMESTAMPTZ';
    case 'json':
      return 'JSONTEXT';
    case 'binary':
      return 'BLOB';
    case 'native':
      return normalise(type.native);
    default:
      return assertNever(type);
  }
}

function logical(declared: string): ColumnType {
  const { name, sizes } = parse(declared);
  const [first, second = 0] = sizes;
  if (TEXT_NAMES.has(name)) return { kind: 'text', length: first ?? null };
  if ((name === 'DECIMAL' || name === 'NUMERIC') && first) return { kind: 'decimal', precision: first, scale: second };
  const kind = BY_NAME[name];
  return kind ? ({ kind } as ColumnType) : { kind: 'native', native: declared };
}

/** `nvarchar (160)` → `VARCHAR(160)`: this module's own name where it means the same to SQLite, else the name itself in capitals. */
export function normalise(declared: string): string {
  const { name, sizes } = parse(declared);
  const spelled = sizes.length ? `${name}(${sizes.join(',')})` : name;
  const type = logical(spelled);
  if (type.kind === 'native') return spelled;
  const own = native(type);
  return affinity(own) === affinity(spelled) ? own : spelled;
}

/** Rules of the manual, "Determination Of Column Affinity", in their order. */
function affinity(declared: string): string {
  const name = declared.toUpperCase();
  if (name.includes('INT')) return 'INTEGER';
  if (/CHAR|CLOB|TEXT/u.test(name)) return 'TEXT';
  if (name === '' || name.includes('BLOB')) return 'BLOB';
  return /REAL|FLOA|DOUB/u.test(name) ? 'REAL' : 'NUMERIC';
}

function parse(declared: string): { name: string; sizes: number[] } {
  const [, name = '', sizes] = /^([^(]*)(?:\(([^)]*)\))?/u.exec(declared) ?? [];
  return {
    name: name.trim().replaceAll(/\s+/gu, ' ').toUpperCase(),
    sizes: sizes === undefined ? [] : sizes.split(',').map(Number),
  };
}

function loss(type: ColumnType): string | null {
  if (type.kind === 'decimal' && type.precision > 15) {
    return `SQLite keeps 15 digits of a decimal exactly, not ${type.precision}.`;
  }
  if (type.kind === 'text' && type.length !== null) return 'SQLite does not hold a text to its length.';
  if (type.kind === 'choice') return 'SQLite does not hold a choice to its options.';
  return null;
}

/** SQLite converts what it can and keeps the rest as it is, so only a change of what a value means can lose something. */
function narrows(from: Column, to: Column): boolean {
  if (from.nullable && !to.nullable) return true;
  const [was, is] = [logical(from.native), logical(to.native)];
  if (was.kind === is.kind) return sizeShrinks(was, is);
  const widening: Record<string, ColumnType['kind'][]> = {
    integer: ['bigint', 'double', 'text', 'longText'],
    bigint: ['text', 'longText'],
    date: ['text', 'longText'],
    time: ['text', 'longText'],
    datetime: ['text', 'longText'],
    instant: ['text', 'longText'],
    uuid: ['text', 'longText'],
    json: ['longText'],
    text: ['longText'],
    choice: ['text', 'longText'],
  };
  return !widening[was.kind]?.includes(is.kind);
}

function sizeShrinks(was: ColumnType, is: ColumnType): boolean {
  if (was.kind === 'text' && is.kind === 'text') {
    return is.length !== null && (was.length === null || is.length < was.length);
  }
  if (was.kind === 'decimal' && is.kind === 'decimal') {
    return is.scale < was.scale || is.precision - is.scale < was.precision - was.scale;
  }
  return false;
}
