import type { FieldType } from './model-draft.ts';

/** The types as files name them, in the order of the choice. */
export const FIELD_TYPES: Record<FieldType, string> = {
  text: 'text',
  longText: 'longText',
  integer: 'integer',
  bigint: 'bigint',
  decimal: 'decimal',
  double: 'double',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  instant: 'instant',
  uuid: 'uuid',
  json: 'json',
  binary: 'binary',
  choice: 'choice',
  reference: 'reference',
  native: 'native',
};

export const GENERATED: Record<string, string> = { '': 'no', increment: 'numbered', computed: 'computed' };

export const ACTIONS: Record<string, string> = {
  '': 'refuse it (no action)',
  restrict: 'refuse it at once (restrict)',
  cascade: 'do the same here (cascade)',
  setNull: 'empty it here (set null)',
  setDefault: 'set the default here (set default)',
};
