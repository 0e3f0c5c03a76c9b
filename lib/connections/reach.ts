import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { holdsRight } from '#lib/access/rights.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ConnectionReach } from '#lib/http/api.ts';
import { databaseOfModel } from '#lib/source/database-of-model.ts';
import type { ConnectionElement, Source } from '#lib/source/source.ts';
import { readSourceState, type SourceState } from '#lib/source/source-state.ts';
import { store } from '#lib/store/store.ts';
import { findElement } from '#lib/tree/element-detail.ts';

export const reachInput = z.strictObject({ app: z.string(), fullName: z.string() });

/** What a change of a connection touches: databases, their models, and the environments that serve them. @throws Fault `not-found` */
export async function reachOf(actor: Actor, input: z.output<typeof reachInput>): Promise<ConnectionReach> {
  const app = await findApp(actor, 'app:read', input.app);
  const state = await readSourceState(app);
  const connection = findConnection(state, input.fullName);
  const environments = await store().environment.findMany({ where: { appId: app.id }, orderBy: { position: 'asc' } });
  const reached: ConnectionReach['environments'] = [];
  for (const environment of environments) {
    reached.push({
      name: environment.name,
      protected: environment.protected,
      mayTest: holdsRight(actor, 'element:test', { app: app.name, environment }),
      serves: await servedBy(environment, connection.id),
    });
  }
  return {
    databases: databasesOn(state.source, connection.fullName).map((fullName) => ({
      fullName,
      models: modelsOn(state.source, fullName),
    })),
    environments: reached,
  };
}

/** @throws Fault `not-found` for what is no connection */
export function findConnection(state: SourceState, fullName: string): ConnectionElement {
  const element = findElement(state, fullName);
  if (element.family === 'connections') return element;
  throw new Fault('not-found', `${fullName} is no connection. Choose one of ${state.app.name}.`);
}

/** Full names of the databases that attach to a connection. */
export function databasesOn({ elements }: Source, connection: string): string[] {
  return elements.flatMap((each) =>
    each.family === 'databases' && each.body.connection === connection ? [each.fullName] : [],
  );
}

function modelsOn(source: Source, database: string): string[] {
  return source.elements.flatMap((each) =>
    each.family === 'models' && databaseOfModel(source, each.body) === database ? [each.fullName] : [],
  );
}

type Environment = { activeReleaseId: string | null; activeDeploymentId: string | null };

/** The connection is the same by id: the release may know it by another name. */
async function servedBy(
  { activeReleaseId, activeDeploymentId }: Environment,
  id: string,
): Promise<ConnectionReach['environments'][number]['serves']> {
  if (activeReleaseId === null) return null;
  const release = await store().release.findUnique({ where: { id: activeReleaseId } });
  if (!release) return null;
  const source = JSON.parse(release.content) as Source;
  const connection = source.elements.find((element) => element.id === id);
  if (!connection) return null;
  const databases = databasesOn(source, connection.fullName);
  return { number: release.number, deployment: activeDeploymentId, databases };
}
