import type { Change, Column, Schema, Table } from '#elements/database/schema.ts';
import { type ModelTable, toSchema } from '#elements/model/to-schema.ts';
import type { Reason } from '#lib/core/errors.ts';
import { databaseOfModel } from '#lib/source/database-of-model.ts';
import type { ModelElement, Source } from '#lib/source/source.ts';
import { applyChange, shapeOf } from './apply-change.ts';
import { countsOf } from './counts.ts';
import { diff } from './diff.ts';
import { drift } from './drift.ts';
import { fit, unfilled } from './fit.ts';
import { hashOf } from './hash.ts';
import { losses } from './losses.ts';
import { type ManagedRecord, recordHints, schemaOf, type WantedTable } from './managed-record.ts';
import type { PlannedChange, PlannedDatabase } from './plan.ts';
import { describeTarget, type Reached } from './reach.ts';
import { reasonMaker } from './reason-maker.ts';
import { type Weighed, weigh } from './risks.ts';

/** The plan of one database, and what *migrate* needs beside it to keep its records. */
export type DatabasePlan = {
  reached: Reached;
  planned: PlannedDatabase;
  reasons: Reason[];
  warnings: Reason[];
  live: Schema;
  /** managed models, as they shall be */
  wanted: WantedTable[];
  /** all models of this database, as the release has them */
  models: ModelTable[];
  records: ManagedRecord[];
};

export type PlanOptions = {
  environment: string;
  source: Source;
  /** nothing may be altered: a roll-back, or a database that is read-only */
  asItStands: boolean;
  records: ManagedRecord[];
};

/** Compares what one database holds with what the release asks of it. Reads, and counts where a change is risky. */
export async function planDatabase(reached: Reached, options: PlanOptions): Promise<DatabasePlan> {
  const { element, engine, target, session } = reached;
  const { source, environment, records } = options;
  const capabilities = session?.capabilities ?? engine.definition.capabilities;
  const live: Schema = session ? await engine.introspect(session, { schema: target.schema }) : { tables: [] };
  const elements = modelsOf(source, element.fullName);
  const models = toSchema(elements, engine.types, capabilities).tables;
  const asItStands = options.asItStands || target.readOnly;
  const wanted: WantedTable[] = asItStands ? [] : models.filter((each) => each.managed);
  const held = new Set(source.elements.flatMap((each) => (each.family === 'models' ? [each.id] : [])));
  const toReason = reasonMaker(element.fullName, environment, models, elements);
  const hints = recordHints(asItStands ? [] : records, wanted, held);
  const narrows = (from: Column, to: Column): boolean =>
    from.native !== to.native && engine.types.narrows({ ...from, nullable: to.nullable }, to);
  const found = diff(live, schemaOf(wanted), { ...hints, comments: capabilities.comments, narrows });
  const changes = [...found.additive, ...found.destructive];
  const statements = spell(changes, live, (change, table) =>
    engine.ddl(change, { schema: target.schema, capabilities, table }),
  );
  const rewrites = (change: Change): boolean =>
    statements.get(change)?.some(({ sql }) => /^create table/iu.test(sql)) ?? false;
  const weighed = session
    ? await weigh(changes, live, countsOf(engine, session, target.schema), narrows, rewrites)
    : changes.map((): Weighed => ({ risks: [], blocks: [] }));
  const additive = new Set(found.additive);
  const modelOf = modelNames(models, records, hints.renamedTables);
  const planned = changes.map((change, at): PlannedChange => ({
    change,
    statements: statements.get(change) ?? [],
    risks: weighed[at]?.risks ?? [],
    phase: additive.has(change) ? 'additive' : 'destructive',
    model: modelOf(change),
  }));
  const liveTables = new Map(live.tables.map((table) => [table.name, table]));
  const stand = models.filter((each) => asItStands || !each.managed);
  const misfits = stand.flatMap((each) =>
    fit(each.table, liveTables.get(each.table.name)).map((misfit) => toReason({ table: each.table.name, ...misfit })),
  );
  const droppable = new Set(
    found.destructive.flatMap((each) => (each.kind === 'drop-column' ? `${each.table} ${each.column}` : [])),
  );
  const warnings = target.readOnly
    ? []
    : models.flatMap((each) =>
        unfilled(each.table, liveTables.get(each.table.name))
          .filter((column) => !droppable.has(`${each.table.name} ${column}`))
          .map((column) => toReason(mustBeFilled(each.table.name, column))),
      );
  return {
    reached,
    live,
    warnings,
    wanted,
    models,
    records,
    reasons: [
      ...misfits,
      ...found.conflicts.map(toReason),
      ...weighed.flatMap((each) => each.blocks.map((block) => toReason(present(block, hints.renamedTables)))),
    ],
    planned: {
      element: element.fullName,
      engine: engine.definition.engine,
      target: describeTarget(target),
      identity: reached.identity,
      fingerprint: fingerprint(liveTables, models, records),
      transactional: capabilities.transactionalDdl,
      changes: planned,
      drift: drift(live, models, asItStands ? [] : records),
      notes: [...found.notes, ...losses(changes, engine.types), ...moved(records, source, element.fullName)],
    },
  };
}

function modelsOf(source: Source, database: string): ModelElement[] {
  return source.elements.filter(
    (each): each is ModelElement => each.family === 'models' && databaseOfModel(source, each.body) === database,
  );
}

const mustBeFilled = (table: string, column: string) => ({
  table,
  column,
  code: 'column-not-filled',
  message: `${table}.${column} must have a value and has no default, but the model does not have it: no row can be added through it.`,
  next: 'Add the column to the model, or give it a default.',
});

type Statements = PlannedChange['statements'];

/** Each change is spelt against its table as the changes before it leave it. */
function spell(
  changes: Change[],
  live: Schema,
  ddl: (change: Change, table: Table | null) => Statements,
): Map<Change, Statements> {
  const shape = shapeOf(live);
  const spelt = new Map<Change, Statements>();
  for (const change of changes) {
    spelt.set(change, ddl(change, change.kind === 'create-table' ? null : (shape.get(change.table) ?? null)));
    applyChange(shape, change);
  }
  return spelt;
}

function modelNames(
  models: ModelTable[],
  records: ManagedRecord[],
  renamed: ReadonlyMap<string, string>,
): (change: Change) => string | null {
  const byTable = new Map(models.map((each) => [each.table.name, each.model]));
  for (const [from, to] of renamed) {
    const model = byTable.get(to);
    if (model !== undefined && !byTable.has(from)) byTable.set(from, model);
  }
  return (change) => byTable.get(change.kind === 'create-table' ? change.table.name : change.table) ?? null;
}

/** A block names the live table; its model is found by the name that the table shall have. */
function present<T extends { table: string }>(block: T, renamed: ReadonlyMap<string, string>): T {
  return { ...block, table: renamed.get(block.table) ?? block.table };
}

/** Hash of the live state of all tables that the release or an earlier one names. */
function fingerprint(live: ReadonlyMap<string, Table>, models: ModelTable[], records: ManagedRecord[]): string {
  const names = new Set([...models.map((each) => each.table.name), ...records.map((each) => each.table)]);
  return hashOf([...names].toSorted().map((name) => [name, live.get(name) ?? null]));
}

function moved(records: ManagedRecord[], source: Source, database: string): string[] {
  return records.flatMap((record) => {
    const model = source.elements.find((each) => each.family === 'models' && each.id === record.modelId);
    if (model?.family !== 'models') return [];
    const now = databaseOfModel(source, model.body);
    if (now === database) return [];
    return [`${model.fullName} is on ${now ?? 'no database'} now; its table ${record.table} stays here as it is.`];
  });
}
