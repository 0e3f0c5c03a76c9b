import type { Table } from '#elements/database/schema.ts';

/** The tables with those first that others refer to; by name where nothing else decides, so that the order is stable. */
export function orderTables(tables: Table[]): Table[] {
  const open = new Map(tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]));
  const ordered: Table[] = [];
  const visit = (table: Table): void => {
    if (!open.delete(table.name)) return;
    for (const key of table.foreignKeys) {
      const target = open.get(key.toTable);
      if (target) visit(target);
    }
    ordered.push(table);
  };
  for (const table of open.values()) visit(table);
  return ordered;
}
