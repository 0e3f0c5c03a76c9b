import type { DatabaseEngine } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { poolOrigin } from '#lib/connections/pool-origin.ts';
import { poolFor } from '#lib/connections/pools.ts';
import { processWide } from '#lib/core/process-wide.ts';
import type { ActiveRelease } from '#lib/deploy/active-release.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import type { Backend, Run } from './answer.ts';
import { compileRelease } from './compile-release.ts';
import { releaseModels, type DatabasePlace } from './release-models.ts';

const kept = () => processWide('data-backends', () => new WeakMap<ActiveRelease, Backend>());

/** What answers for an active release: its names compiled once, its databases behind their pools. */
export function backendOf(active: ActiveRelease): Backend {
  const found = kept().get(active);
  if (found) return found;
  const backend = makeBackend(active);
  kept().set(active, backend);
  return backend;
}

function makeBackend(active: ActiveRelease): Backend {
  const places = new Map([...active.resolved].map(([name, resolved]) => [name, placeOf(resolved)]));
  return {
    release: compileRelease(releaseModels(active.source, places), active.source.app.defaultDatabase),
    run: runner(active),
  };
}

function placeOf({ fields }: ResolvedElement): DatabasePlace {
  const schema = fields.schema?.value;
  return { schema: typeof schema === 'string' ? schema : null, readOnly: fields.readOnly?.value === true };
}

function runner(active: ActiveRelease): Run {
  const engines = new Map<string, DatabaseEngine>();
  const place = { app: active.app.name, environment: active.environment.name };
  return async (database, work) => {
    const resolved = active.resolved.get(database);
    if (!resolved) throw new Error(`${database} has not resolved`);
    const engine = engines.get(database) ?? (await loadEngine(resolved.engine));
    engines.set(database, engine);
    const { environment, release, version } = active;
    const key = { environmentId: environment.id, release: release.id, element: database, version };
    return poolFor(key, () => poolOrigin(resolved, place)).use((session) => work(engine, session));
  };
}
