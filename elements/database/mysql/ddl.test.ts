import { expect, test } from 'vitest';
import type { Change, Column, ColumnType, Table } from '../schema.ts';
import { ddl } from './ddl.ts';
import { mysql } from './definition.ts';
import { nativeOf } from './types.ts';

const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  native: nativeOf(type),
  nullable: true,
  default: null,
  generated: null,
  comment: null,
  ...more,
});

const id = column('id', { kind: 'bigint' }, { nullable: false, generated: 'increment' });

const table: Table = {
  name: 'in`voice',
  kind: 'table',
  columns: [
    id,
    column('no', { kind: 'text', length: 20 }, { nullable: false, default: { kind: 'literal', value: "it's" } }),
    column('at', { kind: 'instant' }, { default: { kind: 'now' }, comment: 'when; "so"' }),
  ],
  primaryKey: { name: null, columns: ['id'] },
  indexes: [{ name: 'by_no', columns: ['no'], unique: true }],
  foreignKeys: [
    {
      name: 'fk',
      columns: ['no'],
      toSchema: 'other',
      toTable: 'number',
      toColumns: ['no'],
      onDelete: 'setNull',
      onUpdate: 'cascade',
    },
  ],
  comment: 'Bills',
};

const sql = (change: Change, current: Table | null = null) => {
  const statements = ddl(change, { schema: null, capabilities: mysql.capabilities, table: current });
  expect(statements.every((statement) => statement.parameters.length === 0)).toBe(true);
  return statements.map((statement) => statement.sql);
};

test('a table, whole', () => {
  expect(sql({ kind: 'create-table', table })).toEqual([
    [
      'CREATE TABLE `in``voice` (',
      '  `id` bigint NOT NULL AUTO_INCREMENT,',
      "  `no` varchar(20) NOT NULL DEFAULT 'it''s',",
      '  `at` datetime(6) NULL DEFAULT current_timestamp(6) COMMENT \'when; "so"\',',
      '  PRIMARY KEY (`id`),',
      '  UNIQUE INDEX `by_no` (`no`),',
      '  CONSTRAINT `fk` FOREIGN KEY (`no`) REFERENCES `other`.`number` (`no`) ON DELETE SET NULL ON UPDATE CASCADE',
      ") ENGINE = InnoDB COMMENT = 'Bills'",
    ].join('\n'),
  ]);
});

test('a numbered column that is no key gets one', () => {
  const bare = { ...table, columns: [id], primaryKey: null, indexes: [], foreignKeys: [] };
  expect(sql({ kind: 'create-table', table: bare })[0]).toContain('UNIQUE KEY (`id`)');
  expect(sql({ kind: 'set-primary-key', table: 't', from: ['id'], to: ['no'] }, table)).toEqual([
    'ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`no`), ADD UNIQUE KEY (`id`)',
  ]);
  expect(sql({ kind: 'alter-column', table: 't', from: { ...id, generated: null }, to: id }, bare)).toEqual([
    'ALTER TABLE `t` MODIFY COLUMN `id` bigint NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY (`id`)',
  ]);
  expect(sql({ kind: 'add-column', table: 't', column: id }, bare)).toEqual([
    'ALTER TABLE `t` ADD COLUMN `id` bigint NOT NULL AUTO_INCREMENT, ADD UNIQUE KEY (`id`)',
  ]);
});

const name = column('name', { kind: 'text', length: 9 });

test.each<[Change, string]>([
  [{ kind: 'drop-table', table: 't' }, 'DROP TABLE `t`'],
  [{ kind: 'rename-table', table: 't', to: 'u' }, 'RENAME TABLE `t` TO `u`'],
  [{ kind: 'add-column', table: 't', column: name }, 'ALTER TABLE `t` ADD COLUMN `name` varchar(9) NULL'],
  [{ kind: 'drop-column', table: 't', column: 'c' }, 'ALTER TABLE `t` DROP COLUMN `c`'],
  [{ kind: 'rename-column', table: 't', column: 'c', to: 'd' }, 'ALTER TABLE `t` RENAME COLUMN `c` TO `d`'],
  [
    {
      kind: 'alter-column',
      table: 't',
      from: name,
      to: { ...name, nullable: false, default: { kind: 'literal', value: '' }, comment: 'kept' },
    },
    "ALTER TABLE `t` MODIFY COLUMN `name` varchar(9) NOT NULL DEFAULT '' COMMENT 'kept'",
  ],
  [
    { kind: 'create-index', table: 't', index: { name: 'i', columns: ['a', 'b'], unique: false } },
    'ALTER TABLE `t` ADD INDEX `i` (`a`, `b`)',
  ],
  [
    { kind: 'drop-index', table: 't', index: { name: 'i', columns: ['a'], unique: true } },
    'ALTER TABLE `t` DROP INDEX `i`',
  ],
  [
    { kind: 'add-foreign-key', table: 't', foreignKey: { ...table.foreignKeys[0]!, toSchema: null } },
    'ALTER TABLE `t` ADD CONSTRAINT `fk` FOREIGN KEY (`no`) REFERENCES `number` (`no`) ON DELETE SET NULL ON UPDATE CASCADE',
  ],
  [
    { kind: 'drop-foreign-key', table: 't', foreignKey: table.foreignKeys[0]! },
    'ALTER TABLE `t` DROP FOREIGN KEY `fk`',
  ],
  [
    { kind: 'set-primary-key', table: 't', from: ['a'], to: ['a', 'b'] },
    'ALTER TABLE `t` DROP PRIMARY KEY, ADD PRIMARY KEY (`a`, `b`)',
  ],
  [{ kind: 'set-primary-key', table: 't', from: [], to: ['a'] }, 'ALTER TABLE `t` ADD PRIMARY KEY (`a`)'],
  [{ kind: 'set-table-comment', table: 't', comment: "it's" }, "ALTER TABLE `t` COMMENT = 'it''s'"],
  [{ kind: 'set-table-comment', table: 't', comment: null }, "ALTER TABLE `t` COMMENT = ''"],
])('%o', (change, expected) => {
  expect(sql(change)).toEqual([expected]);
});
