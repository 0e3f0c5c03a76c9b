import type { TypeTable } from '#elements/database/contract.ts';
import type { Change, Column } from '#elements/database/schema.ts';

/** One sentence for each thing that the engine does not keep of the types of new columns, with the columns that it concerns. */
export function losses(changes: Change[], types: TypeTable): string[] {
  const columns = changes.flatMap((change): [string, Column][] => {
    if (change.kind === 'create-table') return change.table.columns.map((column) => [change.table.name, column]);
    return change.kind === 'add-column' ? [[change.table, change.column]] : [];
  });
  const found = new Map<string, string[]>();
  for (const [table, column] of columns) {
    const loss = types.loss(column.type);
    if (loss !== null) found.set(loss, [...(found.get(loss) ?? []), `${table}.${column.name}`]);
  }
  return [...found].map(([loss, names]) => `${loss} (${names.join(', ')})`);
}
