import { Fault } from '#lib/core/errors.ts';
import { checkIds, planPush } from '#lib/source/plan-push.ts';
import { readFiles } from '#lib/source/read-files.ts';
import type { Source } from '#lib/source/source.ts';

/**
 * The source that a folder's files make, as a push with `--delete` would leave it, without saving anything. What is new gets
 * ids that are the same each time, so that its plan is too.
 * @throws Fault `wrong-input` with every fault of every file
 */
export function sourceOfFiles(appId: string, present: Source, files: Record<string, string>): Source {
  const { folder, faults } = readFiles(files, present);
  const { name } = folder.app;
  if (name !== '' && name !== present.app.name)
    faults.push({
      code: 'wrong-app',
      message: `app.json: expected the name ${present.app.name}, found ${name}.`,
      next: `Plan it for ${name}, or correct the name.`,
    });
  faults.push(...checkIds(present, folder, true));
  const [first] = faults;
  if (first) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    throw new Fault('wrong-input', `${first.message}${more}`, faults);
  }
  let made = 0;
  return planPush(appId, present, folder, null, { remove: true, newId: () => `e_unsaved_${(made += 1)}` }).after;
}
