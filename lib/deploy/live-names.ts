import type { Change } from '#elements/database/schema.ts';

/** What tables and columns of a plan are called in the live database, before the plan's own renames. */
export type LiveNames = { table(name: string): string; column(table: string, name: string): string };

export function liveNames(changes: Change[]): LiveNames {
  const tables = changes.filter((change) => change.kind === 'rename-table').toReversed();
  const columns = changes.filter((change) => change.kind === 'rename-column').toReversed();
  return {
    table: (name) => tables.reduce((now, change) => (change.to === now ? change.table : now), name),
    column: (table, name) =>
      columns.reduce((now, change) => (change.table === table && change.to === now ? change.column : now), name),
  };
}
