import { audit } from '#lib/access/audit.ts';
import type { Reason } from '#lib/core/errors.ts';
import { store, transaction } from '#lib/store/store.ts';
import { activeRelease } from './active-release.ts';
import { livePlace } from './live-place.ts';
import type { Plan } from './plan.ts';
import type { Reached } from './reach.ts';
import type { Run } from './run.ts';

/** Where a database element of another environment is. */
type Place = { environment: string; protected: boolean; element: string; identity: string };

/**
 * The line of the policy table on places: server (by its own identity), database and schema, or file, that another
 * environment of the app has too. The others are asked where they are now; one that does not answer is where its last deploy found it.
 */
export async function samePlaces(run: Run, reached: Reached[]): Promise<{ reasons: Reason[]; warnings: Reason[] }> {
  const found = { reasons: [] as Reason[], warnings: [] as Reason[] };
  if (reached.length === 0) return found;
  const others = await placesOfOthers(run, new Set(reached.map((each) => each.engine.definition.engine)));
  for (const { element, identity, target } of reached) {
    for (const other of others.filter((each) => each.identity === identity)) {
      const refused = run.kind !== 'rollback' && (run.environment.protected || other.protected);
      (refused ? found.reasons : found.warnings).push({
        element: element.fullName,
        field: target.endpoint.kind === 'file' ? 'file' : 'database',
        environment: run.environment.name,
        code: 'same-place',
        message: `${element.fullName} is the same place in ${run.environment.name} as ${other.element} in ${other.environment}${other.protected ? ' (protected)' : ''}: same server, database and schema.`,
        next: `Give ${run.environment.name} a database of its own, by the variables of ${element.fullName}.`,
      });
    }
  }
  return found;
}

async function placesOfOthers(run: Run, engines: ReadonlySet<string>): Promise<Place[]> {
  const others = await store().environment.findMany({
    where: { appId: run.app.id, id: { not: run.environment.id } },
    select: { id: true, name: true, protected: true },
  });
  const places = await Promise.all(
    others.map(async (other): Promise<Place[]> => {
      const at = { environment: other.name, protected: other.protected };
      const [recorded, live] = await Promise.all([recordedPlaces(other.id), livePlaces(run, other.name, engines)]);
      const known = new Map([...recorded, ...live]);
      return [...known].map(([element, identity]) => ({ ...at, element, identity }));
    }),
  );
  return places.flat();
}

/** Element → identity, from the last plan made there. */
async function recordedPlaces(environmentId: string): Promise<Map<string, string>> {
  const last = await store().deployment.findFirst({
    where: { environmentId, plan: { not: null } },
    orderBy: { startedAt: 'desc' },
    select: { plan: true },
  });
  const plan = last?.plan ? (JSON.parse(last.plan) as Plan) : null;
  return new Map(plan?.databases.map((each) => [each.element, each.identity]));
}

async function livePlaces(run: Run, environment: string, engines: ReadonlySet<string>): Promise<Map<string, string>> {
  const active = await activeRelease(run.app.name, environment);
  const databases = [...(active?.resolved.values() ?? [])].filter(
    (each) => each.element.startsWith('databases.') && engines.has(each.engine),
  );
  if (databases.length === 0) return new Map();
  await transaction((tx) =>
    audit(tx, run.actor, 'place.compare', {
      app: run.app.name,
      environment,
      detail: { with: run.environment.name, databases: databases.map((each) => each.element) },
    }),
  );
  const found = await Promise.all(
    databases.map(async (each) => [each.element, await livePlace(each, { app: run.app.name, environment })] as const),
  );
  return new Map(found.flatMap(([element, identity]) => (identity === null ? [] : [[element, identity] as const])));
}
