import { columnType, referencedField } from '#elements/model/column-type.ts';
import { columnOf, keyFields } from '#elements/model/model-keys.ts';
import type { ModelBody, NamedModel } from '#elements/model/model.ts';
import type { Source } from '#lib/source/source.ts';
import type { ModelInput } from './compile-release.ts';

/** What an environment says of a database element. */
export type DatabasePlace = { schema: string | null; readOnly: boolean };

/** The models of a release as the data API compiles them; those on databases that `places` does not hold are left out. */
export function releaseModels(source: Source, places: ReadonlyMap<string, DatabasePlace>): ModelInput[] {
  const models = source.elements.filter((element) => element.family === 'models');
  const byName = new Map<string, NamedModel>(models.map((model) => [model.fullName, model]));
  return models.flatMap((model) => {
    const database = databaseOf(model.body, source);
    const place = database === null ? undefined : places.get(database);
    return database !== null && place ? [modelInput(model, database, place, byName)] : [];
  });
}

/** fullName of the database element of a model: its own, else the app's default; null where there is none. */
function databaseOf(body: ModelBody, source: Source): string | null {
  return body.database ?? source.app.defaultDatabase;
}

function modelInput(
  model: NamedModel,
  database: string,
  place: DatabasePlace,
  all: Map<string, NamedModel>,
): ModelInput {
  const { body, fullName } = model;
  const key = keyFields(body);
  return {
    name: fullName.slice(fullName.lastIndexOf('.') + 1),
    fullName,
    database,
    readOnly: place.readOnly,
    table: { schema: place.schema, table: body.table },
    fields: body.fields.flatMap((field) => {
      const type = columnType(field, all);
      const { generated } = field;
      if (!type) return [];
      return [
        {
          name: field.name,
          column: columnOf(field),
          type,
          computed: generated === 'computed',
          increment: generated === 'increment',
          notNull: field.required === true || key.includes(field.name),
        },
      ];
    }),
    key,
    unique: [
      ...body.fields.filter((field) => field.unique).map((field) => [field.name]),
      ...(body.indexes ?? []).filter((index) => index.unique).map((index) => index.fields),
    ],
    references: references(body, all),
  };
}

function references(body: ModelBody, all: Map<string, NamedModel>): ModelInput['references'] {
  const single = body.fields.flatMap((field) => {
    const target = field.type === 'reference' ? referencedField(field, all) : null;
    return target
      ? [{ name: field.name, target: target.model.fullName, fields: [field.name], to: [target.field.name] }]
      : [];
  });
  const several = (body.references ?? []).map(({ name, model, fields, to }) => ({ name, target: model, fields, to }));
  return [...single, ...several];
}
