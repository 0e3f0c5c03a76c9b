import type { Schema } from '#elements/database/schema.ts';
import type { ModelTable } from '#elements/model/to-schema.ts';
import type { ManagedRecord } from './managed-record.ts';
import type { PlannedDatabase } from './plan.ts';

/** As many tables and columns as a person reads. */
const SHOWN = 200;

/** Tables, and columns of managed tables, that no release named: left alone, shown. */
export function drift(live: Schema, models: ModelTable[], records: ManagedRecord[]): PlannedDatabase['drift'] {
  const byTable = new Map(models.map((each) => [each.table.name, each]));
  const recorded = new Map(records.map((each) => [each.table, new Set(Object.values(each.columns))]));
  const found = live.tables.flatMap((table): PlannedDatabase['drift'] => {
    const model = byTable.get(table.name);
    const known = recorded.get(table.name);
    if (!model && !known)
      return [{ table: table.name, message: `No release named the ${table.kind} ${table.name}; it stays as it is.` }];
    if (!model?.managed) return [];
    const named = new Set([...Object.values(model.columns), ...(known ?? [])]);
    return table.columns
      .filter((column) => !named.has(column.name))
      .map(({ name }) => ({
        table: table.name,
        column: name,
        message: `No release named the column ${table.name}.${name}; it stays as it is.`,
      }));
  });
  if (found.length <= SHOWN) return found;
  const rest = found.length - SHOWN;
  return [...found.slice(0, SHOWN), { table: '…', message: `${rest} more that no release named.` }];
}
