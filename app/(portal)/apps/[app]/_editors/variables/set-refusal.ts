import { RequestFailure } from '#app/_components/request.ts';

/** What may be confirmed to set a value all the same (rules 3.7 and 3.8), with the words of the button; null: nothing. */
export function refusalOf(
  failure: unknown,
): { options: { force?: boolean; confirmTargets?: boolean }; label: string } | null {
  if (!(failure instanceof RequestFailure)) return null;
  if (failure.code === 'secret-target') return { options: { confirmTargets: true }, label: 'Let it go there' };
  if (failure.code === 'refused') return { options: { force: true }, label: 'Set it anyway' };
  return null;
}
