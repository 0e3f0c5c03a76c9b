import type { Rights } from '#elements/database/contract.ts';
import { blame } from './blame.ts';
import { neededRights } from './need.ts';
import { ok, skipped } from './trial.ts';
import type { Trial, Verdict } from './trial.ts';

type Name = 'read' | 'write' | 'ddl';

const WORDS: Record<Name, { may: string; grant: string }> = {
  read: { may: 'read', grant: 'Grant the user the right to read its tables.' },
  write: { may: 'write', grant: 'Grant the user the right to write its tables, or mark the element read-only.' },
  ddl: {
    may: 'change the schema',
    grant: 'Grant the user the right to create and alter tables, or fill in a migration user.',
  },
};

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
  return name === 'read' ? withExcess(verdict, trial.rights, dial.target.user, blame(resolved, 'user')) : verdict;
}

/** Told once, with the right that is always needed. */
function withExcess(verdict: Verdict, { excess }: Rights, user: string, at: ReturnType<typeof blame>): Verdict {
  if (verdict.state !== 'ok' || excess.length === 0) return verdict;
  return {
    state: 'warning',
    message: `${user} may read, and may do much more than it needs: ${excess.join(', ')}.`,
    ...at,
    code: 'excess-rights',
    next: 'Use a login that may do no more; Scripts, below the login, makes one.',
  };
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
  const { may, grant } = WORDS[name];
  const who = user === '' ? 'The portal' : user;
  if (right === 'yes') return ok(`${who} may ${may} (${detail}).`);
  if (!needed) return ok(`${who} may not ${may}, and need not (${detail}).`);
  return {
    state: 'failed',
    message: `${who} may not ${may}: ${detail}.`,
    ...at(user === '' ? 'file' : userField),
    code: `no-${name}-right`,
    next: grant,
  };
}
