import type { Rights } from '#elements/database/contract.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { blame } from './blame.ts';
import { fillIn, sentence } from './cause-words.ts';
import { neededRights } from './need.ts';
import { MISSING_RIGHTS, warned } from './test-causes.ts';
import { ok, skipped } from './trial.ts';
import type { Trial, Verdict } from './trial.ts';

type Name = 'read' | 'write' | 'ddl';

const MAY: Record<Name, string> = { read: 'read', write: 'write', ddl: 'change the schema' };

/** The rights are asked for once, by *read*. A right that is not needed is shown, never a failure. */
export async function rightStage(trial: Trial, name: Name): Promise<Verdict> {
  const { dial, engine, resolved, source, element } = trial;
  if (!dial?.session || !engine || !resolved) throw new Error(`${name} follows schema`);
  if (element.startsWith('connections.'))
    return skipped('A connection holds no tables: its databases are tested for it.');
  trial.rights ??= await engine.rights(dial.session, dial.target);
  trial.facts.excess = trial.rights.excess;
  const verdict = judgeRight(
    trial.rights,
    name,
    neededRights(source, element, dial.target.readOnly)[name],
    dial.target.user,
    (field) => blame(resolved, field),
  );
  return name === 'read' ? withExcess(verdict, trial.rights, dial.target.user, resolved) : verdict;
}

/** Told once, with the right that is always needed. */
function withExcess(verdict: Verdict, { excess }: Rights, user: string, resolved: ResolvedElement): Verdict {
  if (verdict.state !== 'ok' || excess.length === 0) return verdict;
  return warned(resolved, '', [{ code: 'excess-rights', words: { user, excess: excess.join(', ') } }]);
}

/** @param at the field at fault for a login's missing right */
export function judgeRight(
  rights: Rights,
  name: Name,
  needed: boolean,
  user: string,
  at: (field: string) => { field: string; variable?: string },
  userField = 'user',
): Verdict {
  const { right, detail } = rights[name];
  const who = user === '' ? 'The portal' : user;
  if (right === 'yes') return ok(`${who} may ${MAY[name]} (${detail}).`);
  if (!needed) return ok(`${who} may not ${MAY[name]}, and need not (${detail}).`);
  const code = `no-${name}-right` as const;
  const { found, next } = MISSING_RIGHTS[code];
  return {
    state: 'failed',
    message: sentence(fillIn(found, { user: who, detail })),
    ...at(user === '' ? 'file' : userField),
    code,
    next,
  };
}
