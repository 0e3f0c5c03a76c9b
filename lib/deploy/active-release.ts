import { processWide } from '#lib/core/process-wide.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Source } from '#lib/source/source.ts';
import { store } from '#lib/store/store.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import type { Resolution, ResolvedElement } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { onReleaseChange } from './release-events.ts';

/**
 * What one environment serves, with the values it has now. Never altered: a change of release or values makes a new one,
 * so what is compiled from it may be kept beside it in a WeakMap, and a running request finishes on the one it took.
 */
export type ActiveRelease = {
  app: { id: string; name: string };
  environment: { id: string; name: string; protected: boolean };
  release: { id: string; number: number };
  deployment: string | null;
  /** counts up with each reading, so that of two the one with the later values is known */
  version: number;
  source: Source;
  /** databases and connections by fullName; one with a missing variable is not among them */
  resolved: ReadonlyMap<string, ResolvedElement>;
  /** keys without which it can not serve, sorted; not empty: the data API answers 503 */
  missing: string[];
  /** all that keeps it from serving, `missing` included */
  reasons: Reason[];
};

type Cache = {
  version: number;
  ready: Map<string, ActiveRelease>;
  loading: Map<string, Promise<ActiveRelease | null>>;
};

const cache = (): Cache =>
  processWide('active-releases', () => {
    const made: Cache = { version: 0, ready: new Map(), loading: new Map() };
    onReleaseChange('active-releases', ({ app, environment }) => {
      const key = keyOf(app, environment);
      made.ready.delete(key);
      // What is being read may be older than the change.
      made.loading.delete(key);
    });
    return made;
  });

const keyOf = (app: string, environment: string): string => `${app}/${environment}`;

/** One look into a Map; undefined when it is not read yet, or nothing is deployed there. */
export function activeReleaseFromCache(app: string, environment: string): ActiveRelease | undefined {
  return cache().ready.get(keyOf(app, environment));
}

/**
 * The release that an environment serves; null when there is no such environment, or nothing is deployed there.
 * @throws Fault `sealed`
 */
export function activeRelease(app: string, environment: string): Promise<ActiveRelease | null> {
  const { ready, loading } = cache();
  const key = keyOf(app, environment);
  const found = ready.get(key) ?? loading.get(key);
  if (found) return Promise.resolve(found);
  const reading: Promise<ActiveRelease | null> = read(app, environment)
    .then((release) => {
      if (loading.get(key) === reading && release) ready.set(key, release);
      return release;
    })
    .finally(() => {
      if (loading.get(key) === reading) loading.delete(key);
    });
  loading.set(key, reading);
  return reading;
}

/** Of a reading of values: higher than of every reading before it. */
export const nextVersion = (): number => (cache().version += 1);

async function read(appName: string, name: string): Promise<ActiveRelease | null> {
  const version = nextVersion();
  const environment = await store().environment.findFirst({
    where: { name, app: { name: appName } },
    include: { app: true },
  });
  if (!environment?.activeReleaseId) return null;
  const release = await store().release.findUnique({ where: { id: environment.activeReleaseId } });
  if (!release) return null;
  const source = JSON.parse(release.content) as Source;
  return {
    app: { id: environment.app.id, name: appName },
    environment: { id: environment.id, name, protected: environment.protected },
    release: { id: release.id, number: release.number },
    deployment: environment.activeDeploymentId,
    version,
    source,
    ...settle(resolve(source, await loadValues(environment, source.variables))),
  };
}

/** The part of an {@link ActiveRelease} that follows from the environment's values. */
export function settle({
  elements,
  reasons,
}: Pick<Resolution, 'elements' | 'reasons'>): Pick<ActiveRelease, 'resolved' | 'missing' | 'reasons'> {
  return {
    resolved: new Map(elements.map((element) => [element.element, element])),
    missing: [...new Set(reasons.flatMap((reason) => reason.variable ?? []))].toSorted(),
    reasons,
  };
}
