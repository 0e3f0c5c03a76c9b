import { definitionOfType } from '#elements/database/definitions.ts';
import { checkModel } from '#elements/model/check-model.ts';
import type { NamedModel } from '#elements/model/model.ts';
import type { Reason } from '#lib/core/errors.ts';
import { checkDefinition } from '#lib/variables/check-definition.ts';
import { checkBinding } from './check-binding.ts';
import { checkNames } from './check-names.ts';
import { checkVariableUses } from './check-variable-uses.ts';
import { databaseOfModel } from './database-of-model.ts';
import type { DatabaseElement, ModelElement, Source } from './source.ts';

/**
 * Everything wrong with a source as a whole, each element's form being right already (`checkForm`): names, ids,
 * connections, types of variables, models and their references. On save, push and freeze. References to undefined
 * variables are allowed here; to resolve them is an error. Pure.
 */
export function checkSource(source: Source): Reason[] {
  const models = source.elements.filter((element) => element.family === 'models');
  return [
    ...Object.entries(source.variables).flatMap(([key, definition]) => checkDefinition(key, definition)),
    ...checkNames(source),
    ...checkDefaultDatabase(source),
    ...checkBinding(source),
    ...checkVariableUses(source),
    ...checkModels(source, models),
  ];
}

function checkDefaultDatabase({ app, elements }: Source): Reason[] {
  const name = app.defaultDatabase;
  if (name === null || elements.some((each) => each.family === 'databases' && each.fullName === name)) return [];
  return [
    {
      field: 'defaultDatabase',
      code: 'unknown-database',
      message: `The default database is ${name}, which does not exist.`,
      next: 'Choose another default database, or make this one.',
    },
  ];
}

function checkModels(source: Source, elements: ModelElement[]): Reason[] {
  const databases = new Map<string, DatabaseElement>();
  for (const each of source.elements) if (each.family === 'databases') databases.set(each.fullName, each);
  const models = new Map<string, NamedModel>(elements.map((element) => [element.fullName, element]));
  const databaseOf = (model: NamedModel) => databaseOfModel(source, model.body);
  return elements.flatMap((element) => {
    const database = databases.get(databaseOf(element) ?? '');
    const capabilities = database ? (definitionOfType(database.type)?.capabilities ?? null) : null;
    return checkModel(element, { models, databaseOf, capabilities }).map((issue) => ({
      element: element.fullName,
      ...issue,
    }));
  });
}
