import { setTimeout as wait } from 'node:timers/promises';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { CliFailure } from './cli-failure.ts';
import type { Output } from './output.ts';
import { at, call } from './portal-client.ts';

const MARKS = { running: '…', ok: '✓', warning: '▲', failed: '✗', skipped: '·' } as const;
const POLL_MS = 150;

/**
 * Shows the stages of a deployment as they end, until it has ended.
 * @throws CliFailure 3 refused (nothing was changed), 5 failed from *migrate* on, 1 interrupted, or a fault of the portal
 */
export async function followDeployment(
  output: Output,
  app: string,
  env: string,
  id: string,
): Promise<DeploymentDetail> {
  const shown = new Set<string>();
  for (;;) {
    const now = await call<DeploymentDetail>('GET', at('apps', app, 'environments', env, 'deployments', id));
    for (const stage of now.stages) {
      if (stage.state === 'running' || shown.has(stage.stage)) continue;
      shown.add(stage.stage);
      output.note(
        `${MARKS[stage.state]} ${stage.stage.padEnd(9)} ${String(stage.ms ?? 0).padStart(6)} ms  ${stage.message ?? ''}`,
      );
    }
    if (now.state !== 'running') return ended(now);
    await wait(POLL_MS);
  }
}

function ended(deployment: DeploymentDetail): DeploymentDetail {
  const { state, kind, environment, reasons, planHash } = deployment;
  if (state === 'done') return deployment;
  const more = { deployment: deployment.id, state, ...(planHash ? { planHash } : {}), outcome: deployment.outcome };
  if (state === 'refused') {
    throw new CliFailure(
      3,
      'refused',
      `The ${kind} to ${environment} was refused; nothing was changed. What is in the way:`,
      reasons,
      more,
    );
  }
  if (state === 'failed') {
    if (reasons.some((reason) => reason.code === 'internal'))
      throw new CliFailure(1, 'internal', `The ${kind} to ${environment} ended in a fault.`, reasons, more);
    throw new CliFailure(5, 'database-failed', `The ${kind} to ${environment} failed.`, reasons, more);
  }
  throw new CliFailure(
    1,
    'interrupted',
    `The ${kind} to ${environment} was interrupted by a stop of the portal. Run it again.`,
    reasons,
    more,
  );
}
