import type { Column } from '#elements/database/schema.ts';

/** A column as an engine may tell it: an integer that may be empty, unless `part` says otherwise. */
export const column = (name: string, part: Partial<Column> = {}): Column => ({
  name,
  type: { kind: 'integer' },
  native: 'integer',
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...part,
});
