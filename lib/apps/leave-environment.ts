import { forgetDataTokens } from '#lib/access/data-token.ts';
import { drainEnvironment } from '#lib/connections/pools.ts';
import { Fault } from '#lib/core/errors.ts';
import { releaseChanged } from '#lib/deploy/release-events.ts';

type Place = { id: string; name: string; leaseUntil: Date | null };

/** @throws Fault `in-use` while a deploy runs there */
export function refuseWhileDeploying(environments: Place[]): void {
  const busy = environments.find(({ leaseUntil }) => leaseUntil !== null && leaseUntil.getTime() > Date.now());
  if (busy) throw new Fault('in-use', `A deploy to ${busy.name} is running. Wait for its end, then try again.`);
}

/** Ends what this process holds open for environments that are gone or have another name: tokens, releases and pools. */
export async function leaveEnvironments(app: string, environments: Place[]): Promise<void> {
  forgetDataTokens();
  for (const { id, name } of environments) {
    releaseChanged({ app, environment: name });
    await drainEnvironment(id);
  }
}
