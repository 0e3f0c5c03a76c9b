import { ConnectFailure, DatabaseFailure } from '#elements/database/contract.ts';
import type { DatabaseEngine, Session, Target } from '#elements/database/contract.ts';
import { loadEngine } from '#elements/database/engines.ts';
import type { Actor } from '#lib/access/actor.ts';
import type { Right } from '#lib/access/rights.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { layDraft } from '#lib/connections/draft.ts';
import type { Drafted } from '#lib/connections/draft.ts';
import { checkTargets } from '#lib/connections/secret-targets.ts';
import { decidedMode, makeTarget } from '#lib/connections/target.ts';
import type { TargetOptions } from '#lib/connections/target.ts';
import { takeTestPlace } from '#lib/connections/test-limits.ts';
import { told } from '#lib/connections/test/told.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Draft } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';

/** A saved element, or what is on the screen in its place; `environment` is `development` where it is left out. */
export type Looked = {
  app: string;
  environment?: string | undefined;
  element?: string | undefined;
  draft?: Draft | undefined;
  confirmTargets?: boolean | undefined;
};

/** Why a session is opened: the right it takes, and the audit row of the secrets it uses. */
export type Purpose = {
  right: Right;
  action: string;
  detail?: Record<string, unknown>;
  options?: TargetOptions;
};

export type Open = {
  engine: DatabaseEngine;
  resolved: ResolvedElement;
  target: Target;
  /** Opens one session, closed when `work` is done. @throws Fault `database-failed` */
  use<T>(target: Target, work: (session: Session) => Promise<T>): Promise<T>;
};

const CONNECT_MS = 10_000;

/**
 * Resolves an element as test and deploy do, with policy and rule 3.7, and hands over what opens sessions on it.
 * @throws Fault `no-right`, `not-found`, `wrong-input`, `too-many`, `sealed`; `refused` by variables or address; `secret-target`;
 * `database-failed`, for a name that is not known too
 */
export async function withTarget<T>(
  actor: Actor,
  looked: Looked,
  purpose: Purpose,
  work: (open: Open) => Promise<T>,
): Promise<T> {
  const { app, environment } = await findEnvironment(
    actor,
    purpose.right,
    looked.app,
    looked.environment ?? DEVELOPMENT,
  );
  const source = await readSource(app);
  const values = await loadValues(environment, source.variables);
  const laid = looked.draft
    ? layDraft(source, values, looked.draft, looked.element)
    : { source, values, element: looked.element ?? '', typed: new Set<string>() };
  if (!laid.source.elements.some(({ fullName, family }) => fullName === laid.element && family !== 'models')) {
    throw new Fault('not-found', `There is no connection or database ${laid.element} in ${app.name}.`);
  }
  const leave = await takeTestPlace(actor.userId, 'look');
  try {
    const place = { app: app.name, environment: environment.name };
    const { resolved, outcome } = await aim(laid, (each) => makeTarget(each, place, purpose.options));
    if (!outcome.ok) throw outcome.stage === 'address' ? refused([outcome.reason]) : failed(outcome.reason);
    const reasons = await checkTargets(actor, [resolved], {
      environment,
      app: app.name,
      confirm: looked.confirmTargets === true,
      except: laid.typed,
      action: purpose.action,
      subject: laid.element,
      ...(purpose.detail && { detail: purpose.detail }),
    });
    if (reasons.length > 0) throw new Fault('secret-target', reasons[0]!.message, reasons);
    const engine = await loadEngine(resolved.engine);
    const use: Open['use'] = (target, run) => useSession(engine, target, resolved, run);
    return await work({ engine, resolved, target: outcome.target, use });
  } finally {
    leave();
  }
}

/** Variables first; where the address decides the TLS mode, a second time with it. */
async function aim<O extends Awaited<ReturnType<typeof makeTarget>>>(
  { source, values, element }: Drafted,
  make: (resolved: ResolvedElement) => Promise<O>,
): Promise<{ resolved: ResolvedElement; outcome: O }> {
  const only = [element];
  const first = resolve(source, values, { only });
  const resolved = first.elements[0];
  if (!resolved) throw refused(first.reasons);
  const outcome = await make(resolved);
  const ip = outcome.ok ? outcome.lookUp?.ip : undefined;
  if (ip === undefined || resolved.fields['tls.mode']?.value) return { resolved, outcome };
  const second = resolve(source, values, { only, tlsMode: () => decidedMode(ip) });
  if (!second.elements[0]) throw refused(second.reasons);
  return { resolved: second.elements[0], outcome };
}

const refused = (reasons: Reason[]): Fault => {
  const more = reasons.length > 1 ? ` And ${reasons.length - 1} more.` : '';
  return new Fault('refused', `${reasons[0]?.message}${more}`, reasons);
};

async function useSession<T>(
  engine: DatabaseEngine,
  target: Target,
  resolved: ResolvedElement,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await engine
    .connect({ ...target, connectTimeoutMs: Math.min(target.connectTimeoutMs, CONNECT_MS) })
    .catch((error: unknown) => {
      if (!(error instanceof ConnectFailure)) throw error;
      const { field, variable, code = error.why, message, next = '' } = told(error, target, resolved);
      throw failed({
        element: resolved.element,
        ...(field && { field }),
        ...(variable && { variable }),
        code,
        message,
        next,
      });
    });
  try {
    return await work(session);
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    if (error.kind === 'exists') throw new Fault('exists', `${error.message} Choose another name.`);
    throw failed({
      element: resolved.element,
      code: error.kind,
      message: `The database refused: ${error.message}`,
      next:
        error.kind === 'permission'
          ? 'Grant the user the right, or use a login that has it.'
          : 'Look at the log of the server.',
    });
  } finally {
    await session.close();
  }
}

const failed = (reason: Reason): Fault => new Fault('database-failed', reason.message, [reason]);
