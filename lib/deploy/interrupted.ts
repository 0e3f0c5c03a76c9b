import type { DeploymentDetail } from '#lib/http/api.ts';
import type { Tx } from '#lib/store/open.ts';
import { store, transaction } from '#lib/store/store.ts';
import { leaseIsFree } from './lease.ts';
import type { Plan } from './plan.ts';

/**
 * Marks what is still `running` in an environment whose lease is free as `interrupted`, with what its journal says was
 * applied. Nothing is undone or resumed: the next deploy plans what is left.
 */
export async function settleInterrupted(tx: Tx, environmentId: string): Promise<void> {
  const { activeDeploymentId } = await tx.environment.findUniqueOrThrow({ where: { id: environmentId } });
  const dead = await tx.deployment.findMany({ where: { environmentId, state: 'running' }, include: { journal: true } });
  for (const { id, plan, journal, reasons } of dead) {
    const outcome = (plan ? (JSON.parse(plan) as Plan).databases : []).map(({ element, transactional }) =>
      outcomeOf(
        element,
        transactional,
        journal.filter((each) => each.element === element),
      ),
    );
    const open = journal.some((each) => each.state === 'running' || each.state === 'unknown');
    const reason = {
      code: 'interrupted',
      message: `The portal stopped while this deploy was running. ${journal.length === 0 ? 'No schema was changed.' : open ? 'Of one statement it is not known whether it was applied.' : 'What was applied is known.'}${id === activeDeploymentId ? ' Its release serves.' : ' The release before it serves.'}`,
      next: 'Deploy again: the next plan holds what is left to do.',
    };
    await tx.deploymentStep.updateMany({
      where: { deploymentId: id, state: 'running' },
      data: { state: 'failed', message: 'interrupted' },
    });
    await tx.deployment.update({
      where: { id },
      data: {
        state: 'interrupted',
        endedAt: new Date(),
        reasons: JSON.stringify([...(JSON.parse(reasons) as unknown[]), reason]),
        outcome: JSON.stringify(outcome),
      },
    });
  }
}

type Entry = { state: string };

function outcomeOf(element: string, transactional: boolean, journal: Entry[]): DeploymentDetail['outcome'][number] {
  const applied = journal.filter((each) => each.state === 'done').length;
  const open = journal.filter((each) => each.state === 'running' || each.state === 'unknown').length;
  const of = journal.length;
  const known = `${applied} of ${of} applied.`;
  const message =
    open === 0
      ? known
      : `${known} ${open} under way when it stopped${transactional ? ': applied together, or not at all' : ''}.`;
  const state = of === applied ? 'done' : applied + open === 0 ? 'untouched' : 'partial';
  return { element, state: of === 0 ? 'untouched' : state, applied, of, message };
}

/** At the start of the portal: nothing that an earlier process left half done stays shown as running. */
export async function settleAllInterrupted(): Promise<void> {
  const environments = await store().environment.findMany({
    where: { deployments: { some: { state: 'running' } } },
    select: { id: true },
  });
  for (const { id } of environments) await settleIfDead(id);
}

/** Also asked by whoever reads a deployment: the process of another machine may have died. */
export async function settleIfDead(environmentId: string): Promise<void> {
  await transaction(async (tx) => {
    const environment = await tx.environment.findUniqueOrThrow({ where: { id: environmentId } });
    if (leaseIsFree(environment)) await settleInterrupted(tx, environmentId);
  });
}
