import type { Source } from './source.ts';
import { readSourceState, type AppPlace } from './source-state.ts';

/** The present source of an app, from the store; inside a transaction, as that sees it. */
export async function readSource(app: AppPlace): Promise<Source> {
  return (await readSourceState(app)).source;
}
