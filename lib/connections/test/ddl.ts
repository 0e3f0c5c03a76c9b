import { ConnectFailure } from '#elements/database/contract.ts';
import { makeTarget } from '../target.ts';
import { blame } from './blame.ts';
import { neededRights } from './need.ts';
import { judgeRight, rightStage } from './right-stage.ts';
import { told } from './told.ts';
import type { Stage, Trial, Verdict } from './trial.ts';

/** The login that migrates may change the schema: needed where a managed model is bound. */
export const ddl: Stage = {
  name: 'ddl',
  decisive: false,
  run(trial) {
    const { resolved, source, element, dial } = trial;
    const needed = neededRights(source, element, dial?.target.readOnly === true).ddl;
    return needed && resolved?.fields['ddlUser']?.value ? migrationLogin(trial) : rightStage(trial, 'ddl');
  },
};

/** *migrate* signs in with the second login, so this right is proved with a connection of that one. */
async function migrationLogin({ resolved, place, options, engine, dial, deadline, facts }: Trial): Promise<Verdict> {
  if (!resolved || !engine || !dial) throw new Error('ddl follows schema');
  const outcome = await makeTarget(resolved, place, { ...options, login: 'ddl' });
  if (!outcome.ok)
    return { state: 'failed', message: outcome.reason.message, code: outcome.reason.code, next: outcome.reason.next };
  const { statementTimeoutMs } = dial.target;
  const target = {
    ...outcome.target,
    statementTimeoutMs,
    connectTimeoutMs: Math.max(100, Math.min(outcome.target.connectTimeoutMs, deadline.left)),
  };
  try {
    const session = await engine.connect(target);
    try {
      const rights = await engine.rights(session, target);
      return judgeRight(rights, 'ddl', true, target.user, (field) => blame(resolved, field), 'ddlUser');
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    const verdict = told(error, target, resolved, facts.from);
    const field = { user: 'ddlUser', password: 'ddlPassword' }[verdict.field ?? ''];
    return field ? { ...verdict, ...blame(resolved, field) } : verdict;
  }
}
