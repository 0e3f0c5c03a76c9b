import { columnType } from '#elements/model/column-type.ts';
import { keyFields } from '#elements/model/model-keys.ts';
import type { NamedModel } from '#elements/model/model.ts';
import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import type { DeployedModel } from '#lib/http/api.ts';
import { databaseOfModel } from '#lib/source/database-of-model.ts';
import type { ModelElement, Source } from '#lib/source/source.ts';
import { type ActiveRelease, activeRelease } from './active-release.ts';

/** The models that an environment serves; empty while nothing is deployed there. @throws Fault `not-found`, `sealed` */
export async function listDeployedModels(
  actor: Actor,
  input: { app: string; env: string },
): Promise<{ models: DeployedModel[] }> {
  const { app, environment } = await findEnvironment(actor, 'app:read', input.app, input.env);
  const active = await activeRelease(app.name, environment.name);
  return { models: active ? deployedModels(active) : [] };
}

function deployedModels({ source, resolved }: ActiveRelease): DeployedModel[] {
  const models = source.elements.filter((each) => each.family === 'models');
  const byName = new Map<string, NamedModel>(models.map((model) => [model.fullName, model]));
  const byDefault = new Set(
    models.filter((each) => databaseOfModel(source, each.body) === source.app.defaultDatabase).map(nameOf),
  );
  return models.flatMap((model) => {
    const database = databaseOfModel(source, model.body);
    if (database === null) return [];
    const isDefault = database === source.app.defaultDatabase;
    return [
      {
        name: nameOf(model),
        fullName: model.fullName,
        database,
        profile: isDefault || isAlone(model, models, byDefault) ? null : database.replace(/^databases\./u, ''),
        table: model.body.table,
        fields: model.body.fields.map((field) => ({
          name: field.name,
          type: columnType(field, byName)?.kind ?? field.type,
        })),
        key: keyFields(model.body),
        label: model.body.label ?? null,
        readOnly: isReadOnly(resolved, database),
      },
    ];
  });
}

const nameOf = ({ fullName }: Pick<Source['elements'][number], 'fullName'>): string =>
  fullName.slice(fullName.lastIndexOf('.') + 1);

/** A name that stands once is found without a profile. */
const isAlone = (model: ModelElement, all: ModelElement[], byDefault: ReadonlySet<string>): boolean =>
  !byDefault.has(nameOf(model)) && all.filter((each) => nameOf(each) === nameOf(model)).length === 1;

const isReadOnly = (resolved: ActiveRelease['resolved'], database: string): boolean =>
  resolved.get(database)?.fields.readOnly?.value === true;
