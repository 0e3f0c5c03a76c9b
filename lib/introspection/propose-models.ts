import { definitionList } from '#elements/database/definitions.ts';
import { fromSchema } from '#elements/model/from-schema.ts';
import type { ProposedModel } from '#elements/model/from-schema.ts';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import { readSource } from '#lib/source/read-source.ts';
import { introspect } from './introspect.ts';
import type { IntrospectRequest } from './introspect.ts';

export type ProposalRequest = IntrospectRequest & {
  /** names as the database has them, instead of snake_case */
  keepNames?: boolean | undefined;
  /** where the models would go, e.g. `models.sales` */
  folder?: string | undefined;
};

/**
 * *From existing tables*: unmanaged models of the wanted tables; left out, of every table that no model stands for yet
 * (views only when wanted by name). Nothing is saved.
 * @throws Fault as `introspect`
 */
export async function proposeModels(
  actor: Actor,
  { keepNames, folder, ...request }: ProposalRequest,
): Promise<{ models: ProposedModel[] }> {
  const source = await readSource(await findApp(actor, 'app:read', request.app));
  const element = source.elements.find(({ fullName }) => fullName === request.database);
  const definition = definitionList.find(({ databaseType }) => databaseType === element?.type);
  if (!definition) throw new Fault('not-found', `There is no database ${request.database} in ${request.app}.`);
  const models = source.elements.flatMap((each) => (each.family === 'models' ? [each] : []));
  const present = models.filter(({ body }) => (body.database ?? source.app.defaultDatabase) === request.database);
  const { tables } = await introspect(actor, request);
  const modelled = new Set(present.map(({ body }) => body.table));
  const wanted = request.tables ? tables : tables.filter(({ name, kind }) => kind === 'table' && !modelled.has(name));
  const proposed = fromSchema(wanted, {
    database: request.database,
    capabilities: definition.capabilities,
    taken: models.map(({ fullName }) => fullName),
    present,
    ...(keepNames !== undefined && { keepNames }),
    ...(folder !== undefined && { folder }),
  });
  return { models: proposed };
}
