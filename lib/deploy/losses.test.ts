import { expect, test } from 'vitest';
import { loadEngine } from '#elements/database/engines.ts';
import type { Column } from '#elements/database/schema.ts';
import { losses } from './losses.ts';

const column = (name: string, type: Column['type']): Column => ({
  name,
  type,
  native: '',
  nullable: true,
  default: null,
  generated: null,
  comment: null,
});

test('each loss is said once, with the columns it concerns', async () => {
  const { types } = await loadEngine('mysql');
  const table = { name: 'call', kind: 'table' as const, primaryKey: null, indexes: [], foreignKeys: [], comment: null };
  const columns = [
    column('at', { kind: 'instant' }),
    column('until', { kind: 'instant' }),
    column('no', { kind: 'integer' }),
  ];
  const said = losses(
    [
      { kind: 'create-table', table: { ...table, columns } },
      { kind: 'add-column', table: 'ship', column: column('seen', { kind: 'instant' }) },
    ],
    types,
  );
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/UTC.*\(call\.at, call\.until, ship\.seen\)$/);
});
