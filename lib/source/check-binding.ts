import { definitionOfType } from '#elements/database/definitions.ts';
import type { Reason } from '#lib/core/errors.ts';
import { lastName } from '#lib/tree/full-name.ts';
import { databaseOfModel } from './database-of-model.ts';
import type { DatabaseElement, ModelElement, Source, SourceElement } from './source.ts';

/** What each element stands on: a database on a connection of its engine, a model on a database that has no other of its name. */
export function checkBinding(source: Source): Reason[] {
  const byName = new Map(source.elements.map((element) => [element.fullName, element]));
  return [
    ...source.elements.flatMap((element) => (element.family === 'databases' ? checkConnection(element, byName) : [])),
    ...checkModelPlaces(source, byName),
  ];
}

type ByName = ReadonlyMap<string, SourceElement>;

function checkConnection({ fullName, type, body }: DatabaseElement, byName: ByName): Reason[] {
  if (body.connection === undefined) return [];
  const connection = byName.get(body.connection);
  const at = { element: fullName, field: 'connection', next: 'Choose another connection, or make this one.' };
  if (connection?.family !== 'connections') {
    return [{ ...at, code: 'unknown-connection', message: `There is no connection ${body.connection}.` }];
  }
  const [expected, found] = [definitionOfType(type), definitionOfType(connection.type)];
  if (!expected || expected.engine === found?.engine) return [];
  const message = `${body.connection}: expected a connection of ${expected.title}, found one of ${found?.title ?? connection.type}.`;
  return [{ ...at, code: 'other-engine', message }];
}

function checkModelPlaces(source: Source, byName: ByName): Reason[] {
  const names = new Map<string, ModelElement>();
  const tables = new Map<string, ModelElement>();
  const reasons: Reason[] = [];
  for (const element of source.elements) {
    if (element.family !== 'models') continue;
    const { fullName: model, body } = element;
    const database = databaseOfModel(source, body);
    if (database === null) reasons.push(unbound(model));
    else if (byName.get(database)?.family !== 'databases') {
      // An app's default that does not exist is told once, by itself.
      if (body.database !== undefined) reasons.push(unknownDatabase(model, database));
    } else {
      const same = first(names, `${database}\n${lastName(model).toLowerCase()}`, element);
      if (same) reasons.push(sameName(model, same.fullName, database));
      const shared = first(tables, `${database}\n${body.table}`, element);
      if (shared && (body.managed !== false || shared.body.managed !== false)) {
        reasons.push(sameTable(model, shared.fullName, body.table, database));
      }
    }
  }
  return reasons;
}

/** The one that had this key before, else nothing and `element` has it from now on. */
function first(map: Map<string, ModelElement>, key: string, element: ModelElement): ModelElement | undefined {
  const before = map.get(key);
  if (!before) map.set(key, element);
  return before;
}

const unbound = (element: string): Reason => ({
  element,
  field: 'database',
  code: 'no-database',
  message: `${element} is bound to no database, and the app has no default one.`,
  next: 'Choose a database for it, or a default database of the app.',
});

const unknownDatabase = (element: string, database: string): Reason => ({
  element,
  field: 'database',
  code: 'unknown-database',
  message: `There is no database ${database}.`,
  next: 'Choose another database, or make this one.',
});

const sameName = (element: string, other: string, database: string): Reason => ({
  element,
  code: 'name-taken',
  message: `${element} and ${other} have one name and lie on one database, ${database}.`,
  next: 'Rename one of the two: its name is its address in the data API.',
});

const sameTable = (element: string, other: string, table: string, database: string): Reason => ({
  element,
  field: 'table',
  code: 'table-taken',
  message: `${element} and ${other} both name the table ${table} of ${database}.`,
  next: 'Choose another table, or make both models not managed.',
});
