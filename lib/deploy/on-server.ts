import { onStart, onStop } from '#lib/server/hooks.ts';
import { settleAllInterrupted } from './interrupted.ts';
import { allDeploymentsEnd } from './jobs.ts';

/** A deploy that takes longer is interrupted, and the next start says so. */
const PATIENCE_MS = 10_000;

onStart('interrupted deploys', settleAllInterrupted);

onStop('running deploys', async () => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([allDeploymentsEnd(), patience]);
  clearTimeout(timer);
});
