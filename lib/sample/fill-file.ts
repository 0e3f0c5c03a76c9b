import type { DatabaseEngine, Session } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { inTransaction } from '#elements/database/in-transaction.ts';
import type { Schema } from '#elements/database/schema.ts';
import { toSchema } from '#elements/model/to-schema.ts';
import { makeTarget } from '#lib/connections/target.ts';
import { diff } from '#lib/deploy/diff.ts';
import type { Source } from '#lib/source/source.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { sampleRows } from './sample-rows.ts';

/** Makes the sample's file of one environment, with its tables and rows, as if it had been there before Mooring. */
export async function fillFile(source: Source, environment: string, calls: number): Promise<void> {
  // the default stands in for the value that production does not have yet
  const { elements } = resolve(source, {
    environment: { name: DEVELOPMENT, protected: false, position: 0 },
    get: () => undefined,
  });
  for (const element of elements) {
    const engine = await loadEngine(element.engine);
    const made = await makeTarget(element, { app: source.app.name, environment }, { create: true });
    if (!made.ok) throw new Error(made.reason.message);
    const session = await engine.connect(made.target);
    try {
      await inTransaction(session, () => fill(engine, session, source, calls));
    } finally {
      await session.close();
    }
  }
}

async function fill(engine: DatabaseEngine, session: Session, source: Source, calls: number): Promise<void> {
  const models = source.elements.filter((element) => element.family === 'models');
  const { schema } = toSchema(models, engine.types, session.capabilities);
  await createTables(engine, session, schema);
  for (const { table, rows } of sampleRows(calls)) {
    const columns = schema.tables.find((each) => each.name === table)?.columns ?? [];
    await engine.insert(session, {
      into: { schema: null, table },
      columns: columns.map(({ name, type }) => ({ column: name, type })),
      rows: rows.map((row) => columns.map(({ name }) => row[name])),
      returning: null,
      key: [],
      increment: null,
    });
  }
}

async function createTables(engine: DatabaseEngine, session: Session, wanted: Schema): Promise<void> {
  const { additive } = diff({ tables: [] }, wanted, {
    renamedTables: new Map(),
    renamedColumns: new Map(),
    droppable: { tables: new Set(), columns: new Map(), indexes: new Map(), foreignKeys: new Map() },
    comments: session.capabilities.comments,
    narrows: engine.types.narrows,
  });
  const context = { schema: null, capabilities: session.capabilities, table: null };
  for (const change of additive) for (const statement of engine.ddl(change, context)) await session.run(statement);
}
