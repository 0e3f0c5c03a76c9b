/** Rule 3.8 of product.md: a changed value takes effect in the running environment, after it was seen to work. */
import { ConnectFailure } from '#elements/database/contract.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import type { Actor } from '#lib/access/actor.ts';
import type { Reason } from '#lib/core/errors.ts';
import { activeRelease } from '#lib/deploy/active-release.ts';
import { releaseChanged } from '#lib/deploy/release-events.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import type { EnvironmentPlace } from '#lib/variables/load-values.ts';
import { parseValue } from '#lib/variables/parse-value.ts';
import type { ResolvedElement, TypedValue, ValueSet } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { replace } from './pools.ts';
import { checkTargets } from './secret-targets.ts';
import { makeTarget } from './target.ts';
import type { Place } from './target.ts';
import { holderOf } from './test/blame.ts';
import { told } from './test/told.ts';

/** New values by key, as text; null: the value is taken away. */
export type ValueChanges = Record<string, string | null>;

export type Proof = {
  /** new targets of stored secrets that nobody confirmed: refuse, forced or not */
  targets: Reason[];
  /** what fails with the new values and did not fail like this with the old ones: refuse unless forced */
  failures: Reason[];
};

/** A portal that waits for a drain answers at the latest after this time; running requests still finish. */
const DRAIN_PATIENCE_MS = 5_000;
const CONNECT_MS = 5_000;

/**
 * Tries the new values on the databases of the active release that use a changed key and whose references then all resolve:
 * policy, then connect. Call it before the values are written; without an active release there is nothing to try.
 * @throws Fault `sealed`
 */
export async function proveValues(
  actor: Actor,
  app: string,
  environment: EnvironmentPlace,
  changes: ValueChanges,
  options: { confirmTargets: boolean },
): Promise<Proof> {
  const active = await activeRelease(app, environment.name);
  if (!active) return { targets: [], failures: [] };
  const old = await loadValues(environment, active.source.variables);
  const next = withChanges(old, changes, active.source.variables);
  const keys = new Set(Object.keys(changes));
  const uses = (each: ResolvedElement) =>
    each.element.startsWith('databases.') && keysIn(each).some((key) => keys.has(key));
  const concerned = resolve(active.source, next).elements.filter(uses);
  if (concerned.length === 0) return { targets: [], failures: [] };
  const targets = await checkTargets(actor, concerned, {
    environment,
    app,
    confirm: options.confirmTargets,
    except: keys,
    action: 'value.try',
    subject: [...keys].join(', '),
  });
  if (targets.length > 0) return { targets, failures: [] };
  const before = new Map(resolve(active.source, old).elements.map((each) => [each.element, each]));
  const place = { app, environment: environment.name };
  const found = await Promise.all(concerned.map((each) => newFailure(each, before.get(each.element), place)));
  return { targets: [], failures: found.flatMap((reason) => reason ?? []) };
}

/**
 * Makes written values take effect here: new requests read them and open new connections, running ones finish on the old.
 * Call it after the transaction, before answering.
 */
export async function applyValues(app: string, environment: { id: string; name: string }): Promise<void> {
  releaseChanged({ app, environment: environment.name });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_PATIENCE_MS);
  });
  await Promise.race([replace({ environmentId: environment.id }), patience]);
  clearTimeout(timer);
}

/** Typed by the release's own definitions: they hold at run time, whatever the source says by now. */
function withChanges(old: ValueSet, changes: ValueChanges, definitions: Record<string, VariableDefinition>): ValueSet {
  const typed = new Map<string, TypedValue | undefined>();
  for (const [key, text] of Object.entries(changes)) {
    const definition = definitions[key];
    const parsed = definition && text !== null ? parseValue(definition.type, text) : null;
    typed.set(key, parsed?.ok ? parsed.value : undefined);
  }
  return { ...old, get: (key) => (typed.has(key) ? typed.get(key) : old.get(key)) };
}

/** A key taken away may leave its default or nothing behind, so every variable named counts, not only those with a value. */
const keysIn = ({ fields }: ResolvedElement): string[] =>
  Object.values(fields).flatMap(({ origin }) => ('variable' in origin && origin.variable ? [origin.variable] : []));

async function newFailure(
  next: ResolvedElement,
  before: ResolvedElement | undefined,
  place: Place,
): Promise<Reason | null> {
  const failure = await tryConnect(next, place);
  if (!failure || !before) return failure;
  const known = await tryConnect(before, place);
  return known?.code === failure.code && known.field === failure.field ? null : failure;
}

async function tryConnect(resolved: ResolvedElement, place: Place): Promise<Reason | null> {
  const outcome = await makeTarget(resolved, place);
  if (!outcome.ok) return outcome.reason;
  if (!outcome.exists) return null;
  const target = { ...outcome.target, connectTimeoutMs: Math.min(outcome.target.connectTimeoutMs, CONNECT_MS) };
  const engine = await loadEngine(resolved.engine);
  try {
    const session = await engine.connect(target);
    await session.close();
    return null;
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    const { field, variable, code = error.why, message, next = '' } = told(error, target, resolved);
    const own = definitionList.find(({ engine: name }) => name === resolved.engine)?.ownFields ?? [];
    return {
      element: holderOf(resolved, own, field),
      ...(field !== undefined && { field }),
      ...(variable !== undefined && { variable }),
      environment: place.environment,
      code,
      message,
      next,
    };
  }
}
