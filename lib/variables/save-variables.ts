import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import type { Source } from '#lib/source/source.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { clearValues } from './clear-values.ts';
import { rowOf } from './variable-row.ts';

/** Writes the difference between the present definitions and those of `after`, values that must go included (rule 3.6). */
export async function saveVariables(
  tx: Tx,
  actor: Actor,
  { app, source }: SourceState,
  after: Source,
  options: { clearValues?: boolean },
): Promise<void> {
  const [old, now] = [source.variables, after.variables];
  await clearValues(tx, actor, app, old, now, options.clearValues === true);
  for (const key of Object.keys(old)) {
    if (now[key]) continue;
    await tx.variable.delete({ where: { appId_key: { appId: app.id, key } } });
    await audit(tx, actor, 'variable.delete', { app: app.name, subject: key });
  }
  for (const [key, definition] of Object.entries(now)) {
    const before = old[key];
    const data = rowOf(definition);
    if (before && JSON.stringify(rowOf(before)) === JSON.stringify(data)) continue;
    const where = { appId_key: { appId: app.id, key } };
    if (before) await tx.variable.update({ where, data: { ...data, revision: { increment: 1 } } });
    else await tx.variable.create({ data: { id: newId('v'), appId: app.id, key, ...data } });
    const { type, required } = definition;
    await audit(tx, actor, before ? 'variable.change' : 'variable.create', {
      app: app.name,
      subject: key,
      detail: { type, required: required === true },
    });
  }
}
