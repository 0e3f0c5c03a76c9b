import type { Change } from '#elements/database/schema.ts';

/** A planned change in a few words: a verb, and what it is done to. */
export function changeWords(change: Change): { verb: string; what: string } {
  switch (change.kind) {
    case 'create-table':
      return { verb: 'Create table', what: change.table.name };
    case 'drop-table':
      return { verb: 'Drop table', what: change.table };
    case 'rename-table':
      return { verb: 'Rename table', what: `${change.table} → ${change.to}` };
    case 'add-column':
      return { verb: 'Add column', what: `${change.table}.${change.column.name} ${change.column.native}` };
    case 'drop-column':
      return { verb: 'Drop column', what: `${change.table}.${change.column}` };
    case 'rename-column':
      return { verb: 'Rename column', what: `${change.table}.${change.column} → ${change.to}` };
    case 'alter-column':
      return { verb: 'Change column', what: `${change.table}.${change.from.name}${typesOf(change.from, change.to)}` };
    case 'create-index':
      return { verb: 'Create index', what: `${change.index.name} on ${listed(change.table, change.index.columns)}` };
    case 'drop-index':
      return { verb: 'Drop index', what: `${change.index.name} on ${change.table}` };
    case 'add-foreign-key':
      return {
        verb: 'Add reference',
        what: `${listed(change.table, change.foreignKey.columns)} → ${listed(change.foreignKey.toTable, change.foreignKey.toColumns)}`,
      };
    case 'drop-foreign-key':
      return { verb: 'Drop reference', what: `${change.foreignKey.name} on ${change.table}` };
    case 'set-primary-key':
      return { verb: 'Set primary key', what: listed(change.table, change.to) };
    case 'set-table-comment':
      return { verb: 'Set comment', what: change.table };
  }
}

type Column = Extract<Change, { kind: 'alter-column' }>['to'];

function typesOf(from: Column, to: Column): string {
  const words = [
    from.native === to.native ? '' : `${from.native} → ${to.native}`,
    from.nullable === to.nullable ? '' : to.nullable ? 'may be null' : 'not null',
    JSON.stringify(from.default) === JSON.stringify(to.default) ? '' : 'default',
    from.comment === to.comment ? '' : 'comment',
  ].filter(Boolean);
  return words.length > 0 ? `: ${words.join(', ')}` : '';
}

const listed = (table: string, columns: string[]): string => `${table} (${columns.join(', ')})`;
