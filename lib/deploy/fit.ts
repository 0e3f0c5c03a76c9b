import type { Column, ColumnType, Table } from '#elements/database/schema.ts';

/** Why a live table can not serve a model that must take it as it stands. */
export type Misfit = {
  column?: string;
  code: 'missing-table' | 'missing-column' | 'type-differs';
  message: string;
  next: string;
};

/** What is missing or does not fit, all of it; empty when `live` can serve `wanted`. Views serve as tables do. */
export function fit(wanted: Table, live: Table | undefined): Misfit[] {
  if (!live) {
    return [
      {
        code: 'missing-table',
        message: `There is no table ${wanted.name}.`,
        next: 'Make the table, correct its name in the model, or let Mooring manage the model.',
      },
    ];
  }
  const there = new Map(live.columns.map((column) => [column.name, column]));
  return wanted.columns.flatMap((column): Misfit[] => {
    const found = there.get(column.name);
    if (!found) return [missingColumn(wanted.name, column.name)];
    return fits(column, found) ? [] : [typeDiffers(wanted.name, column, found)];
  });
}

/** Columns that a new row must fill and the model does not have, so that no row can be added through it. */
export function unfilled(wanted: Table, live: Table | undefined): string[] {
  const named = new Set(wanted.columns.map((column) => column.name));
  return (live?.kind === 'table' ? live.columns : [])
    .filter((each) => !named.has(each.name) && !each.nullable && each.default === null && each.generated === null)
    .map((each) => each.name);
}

const missingColumn = (table: string, column: string): Misfit => ({
  column,
  code: 'missing-column',
  message: `The table ${table} has no column ${column}.`,
  next: 'Add the column, or correct the model.',
});

const typeDiffers = (table: string, wanted: Column, found: Column): Misfit => ({
  column: wanted.name,
  code: 'type-differs',
  message: `The column ${table}.${wanted.name} is ${found.native}; the model expects ${wanted.native}.`,
  next: 'Change the type of the field to that of the column.',
});

/** Fields that may stand over a column of another kind, because they hold each of its values. */
const HOLDS: Partial<Record<ColumnType['kind'], ColumnType['kind'][]>> = {
  text: ['longText', 'choice', 'uuid'],
  longText: ['text', 'choice', 'uuid', 'json'],
  choice: ['text', 'longText'],
  bigint: ['integer'],
  decimal: ['integer', 'bigint'],
  double: ['integer', 'decimal'],
  datetime: ['date'],
};

function fits(wanted: Column, found: Column): boolean {
  if (wanted.native === found.native || wanted.type.kind === found.type.kind) return true;
  // A native type is read and written as text, whatever it is.
  if (wanted.type.kind === 'native') return true;
  return HOLDS[wanted.type.kind]?.includes(found.type.kind) ?? false;
}
