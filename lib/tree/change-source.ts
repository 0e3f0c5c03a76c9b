import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { saveSource, type SaveOptions } from '#lib/source/save-source.ts';
import type { Source } from '#lib/source/source.ts';
import { readSourceState, type SourceState } from '#lib/source/source-state.ts';
import type { Tx } from '#lib/store/open.ts';
import { transaction } from '#lib/store/store.ts';

/**
 * The frame of every edit of an app's source: checks the right, reads the present source, lets `edit` make the next one,
 * and writes the difference, all in one transaction.
 * @returns the state after it
 */
export async function changeSource(
  actor: Actor,
  appName: string,
  edit: (state: SourceState) => Source,
  after?: (tx: Tx, state: SourceState) => Promise<void>,
  options?: SaveOptions,
): Promise<SourceState> {
  await findApp(actor, 'source:write', appName);
  return transaction(async (tx) => {
    // Read again: another edit may have come first.
    const before = await readSourceState(await findApp(actor, 'source:write', appName));
    await saveSource(tx, actor, before, edit(before), options);
    const state = await readSourceState(await findApp(actor, 'source:write', appName));
    await after?.(tx, state);
    return state;
  });
}
