import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { Tx } from '#lib/store/open.ts';
import { newId } from '#lib/store/new-id.ts';
import { saveVariables } from '#lib/variables/save-variables.ts';
import { jsonText } from './json-text.ts';
import { nameKey } from '#lib/tree/full-name.ts';
import { checkSource } from './check-source.ts';
import { headingOf } from './element-heading.ts';
import type { Source, SourceElement } from './source.ts';
import type { SourceState } from './source-state.ts';

export type SaveOptions = {
  /** consent that values of variables that stop being secret are destroyed (rule 3.6) */
  clearValues?: boolean;
};

/**
 * Writes the difference between an app's present source and `after`: elements with a revision each, variable definitions,
 * title and default database, and an audit row for each. Elements are the same by id. Call it in the transaction
 * that read `before`.
 * @throws Fault `refused` with every reason when `after` is wrong as a whole; those of rule 3.6
 */
export async function saveSource(
  tx: Tx,
  actor: Actor,
  before: SourceState,
  after: Source,
  options: SaveOptions = {},
): Promise<void> {
  const reasons = [...checkTypes(before.source, after), ...checkSource(after)];
  if (reasons.length > 0) {
    const [first] = reasons;
    const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
    throw new Fault('refused', `${first?.message}${more} ${first?.next}`, reasons);
  }
  await saveVariables(tx, actor, before, after, options);
  await saveApp(tx, actor, before, after);
  await saveElements(tx, actor, before, after);
}

/** An element's type, and with it its engine, is chosen when it is made. */
function checkTypes(before: Source, after: Source): Reason[] {
  const types = new Map(before.elements.map(({ id, type }) => [id, type]));
  return after.elements.flatMap(({ id, fullName, type }) => {
    const fixed = types.get(id);
    if (fixed === undefined || fixed === type) return [];
    const message = `type: ${fullName} is of type ${fixed}, which can not be changed; found ${type}.`;
    return [
      { element: fullName, field: 'type', code: 'fixed-type', message, next: 'Make another element of that type.' },
    ];
  });
}

async function saveApp(tx: Tx, actor: Actor, { app, source }: SourceState, after: Source): Promise<void> {
  const { title, defaultDatabase } = after.app;
  if (title === source.app.title && defaultDatabase === source.app.defaultDatabase) return;
  await tx.app.update({ where: { id: app.id }, data: { title, defaultDatabase } });
  await audit(tx, actor, 'app.change', { app: app.name, detail: { title, defaultDatabase } });
}

async function saveElements(tx: Tx, actor: Actor, state: SourceState, after: Source): Promise<void> {
  const old = new Map(state.source.elements.map((element) => [element.id, element]));
  const kept = new Set(after.elements.map((element) => element.id));
  const changes: Change[] = [];
  for (const element of state.source.elements) {
    if (!kept.has(element.id)) changes.push(await remove(tx, state, element));
  }
  const changed = after.elements.filter((element) => {
    const before = old.get(element.id);
    return before && (before.fullName !== element.fullName || contentOf(before) !== contentOf(element));
  });
  // Out of the way first, so that two elements can trade places.
  for (const { id } of changed) await tx.element.update({ where: rowOf(state, id), data: { nameKey: `~${id}` } });
  for (const element of changed) changes.push(await update(tx, state, old.get(element.id)?.fullName, element));
  const added = after.elements.filter((element) => !old.has(element.id));
  changes.push(...(await insert(tx, state, added)));
  await remember(tx, actor, state, changes);
}

const rowOf = (state: SourceState, id: string) => ({
  appId_elementId: { appId: state.app.id, elementId: id },
});

/** Both files of an element as one text: what a revision keeps, and what tells whether one changed. */
const contentOf = (element: SourceElement): string => JSON.stringify({ e: headingOf(element), file: element.body });

const columnsOf = (element: SourceElement) => ({
  fullName: element.fullName,
  nameKey: nameKey(element.fullName),
  type: element.type,
  title: element.title,
  description: element.description || null,
  tags: JSON.stringify(element.tags ?? []),
  body: jsonText(element.body),
});

type Change = {
  element: SourceElement;
  change: 'create' | 'save' | 'move' | 'delete';
  revision: number;
  /** id of the element's row, which a deleted one has no more */
  row: string | null;
};

async function insert(tx: Tx, { app }: SourceState, elements: SourceElement[]): Promise<Change[]> {
  if (elements.length === 0) return [];
  // An id that was deleted and comes back goes on counting, so its history stays one line.
  const past = await tx.elementRevision.findMany({
    where: { appId: app.id, change: 'delete' },
    select: { elementId: true, revision: true },
  });
  const last = new Map<string, number>();
  for (const { elementId, revision } of past) {
    last.set(elementId, Math.max(revision, last.get(elementId) ?? 0));
  }
  const rows = elements.map((element) => ({
    id: newId('er'),
    appId: app.id,
    elementId: element.id,
    revision: (last.get(element.id) ?? 0) + 1,
    ...columnsOf(element),
  }));
  for (const batch of batches(rows)) await tx.element.createMany({ data: batch });
  return elements.map((element, n) => ({
    element,
    change: 'create',
    revision: rows[n]?.revision ?? 1,
    row: rows[n]?.id ?? null,
  }));
}

async function update(tx: Tx, state: SourceState, before: string | undefined, element: SourceElement): Promise<Change> {
  const row = await tx.element.update({
    where: rowOf(state, element.id),
    data: { ...columnsOf(element), revision: { increment: 1 } },
  });
  return { element, change: before === element.fullName ? 'save' : 'move', revision: row.revision, row: row.id };
}

async function remove(tx: Tx, state: SourceState, element: SourceElement): Promise<Change> {
  const row = await tx.element.delete({ where: rowOf(state, element.id) });
  await tx.testResult.deleteMany({ where: { elementId: element.id, environment: { appId: state.app.id } } });
  return { element, change: 'delete', revision: row.revision + 1, row: null };
}

/** A revision per element, and one audit row for all of the change. */
async function remember(tx: Tx, actor: Actor, { app }: SourceState, changes: Change[]): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const rows = changes.map(({ element, change, revision, row }) => ({
    id: newId('rev'),
    appId: app.id,
    elementId: element.id,
    elementRow: row,
    revision,
    change,
    fullName: element.fullName,
    content: contentOf(element),
    userId: actor.userId,
  }));
  for (const batch of batches(rows)) await tx.elementRevision.createMany({ data: batch });
  const told = changes.map(({ element, change, revision }) => ({ element: element.fullName, change, revision }));
  await audit(tx, actor, changes.length === 1 ? `element.${first.change}` : 'source.change', {
    app: app.name,
    ...(changes.length === 1 ? { subject: first.element.fullName } : {}),
    detail: { changes: told },
  });
}

/** Rows that go into one statement: the time of a longer one grows faster than its length. */
const BATCH = 100;

function batches<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, n) => rows.slice(n * BATCH, (n + 1) * BATCH));
}
