import { checkSource } from '#lib/source/check-source.ts';
import type { Source } from '#lib/source/source.ts';
import { transaction } from '#lib/store/store.ts';
import { find } from './find.ts';
import { canonical, hashOf } from './hash.ts';
import type { Run } from './run.ts';

export type Frozen = {
  release: { id: string; /** null: of a plan, which keeps nothing */ number: number | null };
  source: Source;
  /** false: references or bindings lead nowhere, so no schema can be made of it */
  sound: boolean;
};

/** The same source gives the same id, in every environment. */
const releaseId = (source: Source): string => `r_${hashOf(source).slice(0, 20)}`;

/** The source becomes a release. */
export async function freeze(run: Run): Promise<Frozen> {
  const { source, app } = run;
  const reasons = checkSource(source);
  find(run.findings, { reasons });
  const id = releaseId(source);
  const number = run.kind === 'plan' ? null : await keep(app.id, id, source, run.actor.userId);
  if (number !== null) await run.log.release(id);
  return { release: { id, number }, source, sound: reasons.length === 0 };
}

function keep(appId: string, id: string, source: Source, createdById: string): Promise<number> {
  return transaction(async (tx) => {
    const known = await tx.release.findUnique({ where: { id } });
    if (known) return known.number;
    const last = await tx.release.findFirst({ where: { appId }, orderBy: { number: 'desc' } });
    const number = (last?.number ?? 0) + 1;
    await tx.release.create({
      data: { id, appId, hash: hashOf(source), number, content: canonical(source), createdById },
    });
    return number;
  });
}
