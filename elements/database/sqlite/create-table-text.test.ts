import { describe, expect, it } from 'vitest';
import { readCreateTable } from './create-table-text.ts';

describe('readCreateTable', () => {
  it('finds names, checks and options between all ways of quoting', () => {
    const text = readCreateTable(
      `CREATE TABLE [Odd, "table"] ( -- a comment, with ( signs
      "id (x)" INTEGER /* , */ CONSTRAINT pk PRIMARY KEY,
      \`a,b\` DECIMAL(10, 2) DEFAULT (1 + (2)) CONSTRAINT positive CHECK (\`a,b\` <> 0.5) COLLATE nocase NOT NULL,
      [c]] TEXT DEFAULT 'it''s, )' CONSTRAINT c_to REFERENCES other (id) ON DELETE CASCADE,
      d INT REFERENCES other,
      "check" TEXT UNIQUE,
      CONSTRAINT "two""u" UNIQUE (d, "check"),
      CHECK (d <> 1 OR ("check" = ',')),
      FOREIGN KEY (d, [c]]) REFERENCES x (a, b)
    ) STRICT , WITHOUT ROWID`.replaceAll('[c]]', '[c]'),
    );
    expect(text.columns.map(({ name }) => name)).toEqual(['id (x)', 'a,b', 'c', 'd', 'check']);
    expect(text.columns[1]!.extras).toEqual(['CONSTRAINT positive CHECK (`a,b` <> 0.5)', 'COLLATE nocase']);
    expect(text.primaryKeyName).toBe('pk');
    expect(text.foreignKeys).toEqual([
      { name: 'c_to', columns: ['c'] },
      { name: null, columns: ['d'] },
      { name: null, columns: ['d', 'c'] },
    ]);
    expect(text.uniques).toEqual([
      { name: null, columns: ['check'] },
      { name: 'two"u', columns: ['d', 'check'] },
    ]);
    expect(text.checks).toEqual([`CHECK (d <> 1 OR ("check" = ','))`]);
    expect(text.options).toBe('STRICT , WITHOUT ROWID');
  });

  it('names the key of the table', () => {
    const text = readCreateTable('create table t (a int, b int, constraint [k] primary key (a, b))');
    expect(text.primaryKeyName).toBe('k');
    expect(text.options).toBe('');
  });
});
