import { Fault } from '#lib/core/errors.ts';

/** What can not be undone needs its name once more. @throws Fault `confirmation-needed` without one, `wrong-input` for another */
export function confirmName(given: string | undefined, name: string): void {
  if (given === name) return;
  if (given === undefined) {
    throw new Fault('confirmation-needed', `Deleting ${name} can not be undone. Confirm it with its name.`);
  }
  throw new Fault('wrong-input', `Expected the name ${name} as confirmation, found another. Nothing was deleted.`);
}
