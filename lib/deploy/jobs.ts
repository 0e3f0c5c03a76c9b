import { processWide } from '#lib/core/process-wide.ts';

/** Deploys that run in this process, by id of the deployment. */
const running = () => processWide('deploy-jobs', () => new Map<string, Promise<void>>());

/** Lets `work` go on in the background; it tells its end in the store and never rejects. */
export function startJob(id: string, work: () => Promise<void>): void {
  running().set(
    id,
    work().finally(() => running().delete(id)),
  );
}

/** Resolves when the deployment has ended, at once when it does not run here. */
export async function deploymentEnd(id: string): Promise<void> {
  await running().get(id);
}

/** For the stop of the process: waits until what runs has come to its end. */
export async function allDeploymentsEnd(): Promise<void> {
  await Promise.all(running().values());
}
