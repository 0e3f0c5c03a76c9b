import type { ColumnType } from './schema.ts';

/** One of each field type that has a column of its own, as it is called in docs and in the table of what survives where. */
export const TYPE_SAMPLES: [name: string, type: ColumnType][] = [
  ['text with length', { kind: 'text', length: 80 }],
  ['text without', { kind: 'text', length: null }],
  ['longText', { kind: 'longText' }],
  ['integer', { kind: 'integer' }],
  ['bigint', { kind: 'bigint' }],
  ['decimal', { kind: 'decimal', precision: 10, scale: 2 }],
  ['decimal of 38 digits', { kind: 'decimal', precision: 38, scale: 10 }],
  ['double', { kind: 'double' }],
  ['boolean', { kind: 'boolean' }],
  ['date', { kind: 'date' }],
  ['time', { kind: 'time' }],
  ['datetime', { kind: 'datetime' }],
  ['instant', { kind: 'instant' }],
  ['uuid', { kind: 'uuid' }],
  ['json', { kind: 'json' }],
  ['binary', { kind: 'binary' }],
  ['choice', { kind: 'choice', options: ['a'] }],
];
