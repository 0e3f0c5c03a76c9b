import type { Column, ColumnType, Default } from '../database/schema.ts';
import { checkDefault } from './check-default.ts';
import type { Field } from './model.ts';

type Named = {
  id: string;
  name: string;
  /** part of the primary key, or all of it */ isKey: boolean;
  isWholeKey: boolean;
};

/** The field that reads and writes a column as it is. A default that no field can say stays with the column alone. */
export function fieldOfColumn(column: Column, named: Named): Field {
  const { id, name, isKey, isWholeKey } = named;
  const preset = column.generated === null ? defaultOf(column.default) : undefined;
  const field = {
    id,
    name,
    ...(column.name === name ? {} : { column: column.name }),
    ...typeOf(column.type),
    // A key is never empty, which goes without saying.
    ...(!column.nullable && !isKey ? { required: true } : {}),
    ...(isWholeKey ? { primaryKey: true } : {}),
    ...(column.generated === null ? {} : { generated: column.generated }),
    ...(preset === undefined ? {} : { default: preset }),
    ...(column.comment ? { comment: column.comment.slice(0, 1024) } : {}),
  } as Field;
  if (checkDefault(field) === null) return field;
  const { default: _, ...plain } = field;
  return plain as Field;
}

function typeOf(type: ColumnType): Record<string, unknown> {
  switch (type.kind) {
    case 'text':
      return {
        type: 'text',
        ...(type.length !== null && type.length > 0 && type.length <= 65_535 ? { length: type.length } : {}),
      };
    case 'decimal':
      return { type: 'decimal', precision: type.precision, scale: type.scale };
    case 'choice':
      return { type: 'choice', options: type.options };
    case 'native':
      return { type: 'native', native: type.native };
    default:
      return { type: type.kind };
  }
}

function defaultOf(preset: Default | null): string | number | boolean | undefined {
  switch (preset?.kind) {
    case 'literal':
      return preset.value;
    case 'now':
      return 'now';
    case 'uuid':
      return 'uuid';
    default:
      return undefined;
  }
}
