import { deleteByRowids, deleteRows, insertRows, updateRows } from './change-rows.ts';
import type { RowsStatement } from './change-rows.ts';
import type { OracleLike } from './dialect.ts';
import { countRows, embeddedRows, lockRows, selectByRowids, selectRows } from './select.ts';
import type { JoinKey } from './select.ts';
import type { Delete, Embed, Filter, Insert, Projection, Select, TableRef, Update } from '../../query.ts';
import type { Statement } from '../../schema.ts';

/** Every statement that the data API asks for, in one engine's own spelling. */
export type Statements = {
  selectRows(query: Select): Statement;
  countRows(query: Pick<Select, 'from' | 'filter'>): Statement;
  embeddedRows(embed: Embed, keys: JoinKey[]): Statement;
  selectByRowids(from: TableRef, fields: Projection[], rowids: string[]): Statement;
  lockRows(from: TableRef, fields: Projection[], filter: Filter): Statement;
  insertRows(query: Insert): RowsStatement[];
  updateRows(query: Update): Statement;
  deleteRows(query: Pick<Delete, 'from' | 'filter'>): Statement;
  deleteByRowids(from: TableRef, rowids: string[]): Statement;
};

export function statementsFor(dialect: OracleLike): Statements {
  return {
    selectRows: (query) => selectRows(query, dialect),
    countRows: (query) => countRows(query, dialect),
    embeddedRows: (embed, keys) => embeddedRows(embed, keys, dialect),
    selectByRowids: (from, fields, rowids) => selectByRowids(from, fields, rowids, dialect),
    lockRows: (from, fields, filter) => lockRows(from, fields, filter, dialect),
    insertRows: (query) => insertRows(query, dialect),
    updateRows: (query) => updateRows(query, dialect),
    deleteRows: (query) => deleteRows(query, dialect),
    deleteByRowids: (from, rowids) => deleteByRowids(from, rowids, dialect),
  };
}
