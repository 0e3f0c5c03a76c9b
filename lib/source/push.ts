import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { PushResult } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import { transaction } from '#lib/store/store.ts';
import { isFullName } from '#lib/tree/full-name.ts';
import { readBase, writeBase } from './base.ts';
import { checkSource } from './check-source.ts';
import { elementPaths } from './element-files.ts';
import { checkIds, planPush, type PushPlan } from './plan-push.ts';
import { readFiles, type Folder } from './read-files.ts';
import { saveSource } from './save-source.ts';
import type { Source } from './source.ts';
import { readSourceState, type SourceState } from './source-state.ts';

const MAX_FILES = 50_000;

export const pushInput = z.strictObject({
  app: z.string(),
  files: z
    .record(z.string(), z.string())
    .refine((files) => Object.keys(files).length <= MAX_FILES, `expected at most ${MAX_FILES} files`),
  base: z.string().nullable(),
  dryRun: z.boolean().optional(),
  delete: z.boolean().optional(),
  force: z.boolean().optional(),
  clearValues: z.boolean().optional(),
});

type Input = z.output<typeof pushInput>;

/**
 * Makes the app's source that of a folder, in one transaction (product.md sections 2 and 7).
 * @throws Fault `wrong-input` with every fault of every file; `conflict` with everything that the portal changed since
 * the base; those of rule 3.6
 */
export async function push(actor: Actor, input: Input): Promise<PushResult> {
  await findApp(actor, 'source:write', input.app);
  try {
    return await transaction(async (tx) => {
      const state = await readSourceState(await findApp(actor, 'source:write', input.app));
      const plan = planOf(state, input);
      if (plan.conflicts.length > 0 && input.force !== true) throw conflict(plan.conflicts);
      await saveSource(tx, actor, state, plan.after, { clearValues: input.clearValues === true });
      const result = resultOf(plan, input.dryRun === true);
      if (result.dryRun) throw new DryRun(result);
      const { created, changed, deleted, moved, overwritten } = result;
      const detail = { created, changed, deleted, moved, overwritten };
      await audit(tx, actor, 'source.push', { app: state.app.name, detail });
      return result;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.result;
    throw error;
  }
}

/** Undoes a push that went well: a dry run meets every check that the real one would. */
class DryRun extends Error {
  readonly result: PushResult;

  constructor(result: PushResult) {
    super('dry run');
    this.result = result;
  }
}

function planOf({ app, source }: SourceState, input: Input): PushPlan {
  const remove = input.delete === true;
  const folder = folderOf(source, input.files, remove);
  const base = readBase(app.id, input.base);
  const plan = planPush(app.id, source, folder, base, { remove, newId: () => newId('e') });
  refuse(checkSource(plan.after).map(withFile));
  return plan;
}

function folderOf(present: Source, files: Record<string, string>, remove: boolean): Folder {
  const { folder, faults } = readFiles(files, present);
  const { name } = folder.app;
  if (name !== '' && name !== present.app.name) {
    const message = `app.json: expected the name ${present.app.name}, found ${name}.`;
    faults.push({ code: 'wrong-app', message, next: `Push it to ${name}, or correct the name.` });
  }
  refuse([...faults, ...checkIds(present, folder, remove).map(withFile)]);
  return folder;
}

function refuse(reasons: Reason[]): void {
  if (reasons.length === 0) return;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  throw new Fault('wrong-input', `${reasons[0]?.message}${more} ${reasons[0]?.next}`, reasons);
}

/** A fault of the source as a whole, told with the file it is in. */
function withFile(reason: Reason): Reason {
  const file = reason.element === undefined ? fileOf(reason) : elementPaths(reason.element).own;
  return { ...reason, message: `${file}: ${reason.message}` };
}

const fileOf = (reason: Reason): string => (reason.variable === undefined ? 'app.json' : 'variables.json');

function conflict(names: string[]): Fault {
  const next = 'Pull it and merge, or push with --force to overwrite it.';
  return new Fault(
    'conflict',
    `${names.join(', ')} changed in the portal since the last pull. ${next}`,
    names.map((name) => ({
      ...(isFullName(name) ? { element: name } : { field: name }),
      code: 'conflict',
      message: `${name} in the portal differs from the folder, and from what was last pulled.`,
      next,
    })),
  );
}

function resultOf(plan: PushPlan, dryRun: boolean): PushResult {
  const { created, changed, deleted, moved, unchanged, conflicts: overwritten } = plan;
  return { dryRun, created, changed, deleted, moved, unchanged, overwritten, base: writeBase(plan.base) };
}
