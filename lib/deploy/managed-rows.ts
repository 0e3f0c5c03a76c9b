import { newId } from '#lib/store/new-id.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { Lease } from './lease.ts';
import type { ManagedRecord } from './managed-record.ts';

type Objects = { indexes: string[]; foreignKeys: string[] };

/** The records of an environment, by elementId of the database. */
export async function readRecords(environmentId: string): Promise<Map<string, ManagedRecord[]>> {
  const rows = await store().managedTable.findMany({ where: { environmentId }, orderBy: { table: 'asc' } });
  const records = new Map<string, ManagedRecord[]>();
  for (const row of rows) {
    const columns = JSON.parse(row.columns) as Record<string, string>;
    const record = { modelId: row.modelId, table: row.table, columns, ...(JSON.parse(row.objects) as Objects) };
    records.set(row.databaseId, [...(records.get(row.databaseId) ?? []), record]);
  }
  return records;
}

/** Puts `records` in the place of those of one database, under the lease of the deploy that made them. @throws LeaseLost */
export async function writeRecords(
  environmentId: string,
  databaseId: string,
  records: ManagedRecord[],
  lease: Lease,
): Promise<void> {
  await transaction(async (tx) => {
    await lease.checkIn(tx);
    await tx.managedTable.deleteMany({ where: { environmentId, databaseId } });
    await tx.managedTable.createMany({
      data: records.map(({ modelId, table, columns, indexes, foreignKeys }) => ({
        id: newId('t'),
        environmentId,
        databaseId,
        modelId,
        table,
        columns: JSON.stringify(columns),
        objects: JSON.stringify({ indexes, foreignKeys } satisfies Objects),
      })),
    });
  });
}
