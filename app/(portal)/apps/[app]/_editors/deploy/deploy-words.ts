import type { StatusKind } from '#app/_components/Status.tsx';
import type { DeploymentDetail, DeploymentRow } from '#lib/http/api.ts';
import type { StageName, StageState } from '#lib/deploy/plan.ts';

type RunState = DeploymentRow['state'];

export const STAGE_WORDS: Record<StageName, { title: string; help: string }> = {
  freeze: { title: 'Freeze', help: 'Makes the source a release' },
  variables: { title: 'Variables', help: 'Resolves every reference' },
  policy: { title: 'Policy', help: 'Checks secrets, TLS and places' },
  connect: { title: 'Connect', help: 'Tests every database' },
  plan: { title: 'Plan', help: 'Compares live schema and models' },
  approve: { title: 'Approve', help: 'Asks for consent, where it is needed' },
  migrate: { title: 'Migrate', help: 'Runs the statements, with a journal' },
  verify: { title: 'Verify', help: 'Reads each model once' },
  activate: { title: 'Activate', help: 'Lets the release serve' },
};

/** A refusal before anything was changed is a list to work through, so it never looks like a failure. */
export function stageLook(state: StageState | null, run: RunState): { kind: StatusKind; word: string } {
  switch (state) {
    case null:
      return { kind: 'off', word: run === 'running' ? 'waiting' : 'not run' };
    case 'failed':
      return run === 'failed' ? { kind: 'failed', word: 'failed' } : { kind: 'warning', word: 'needs something' };
    case 'running':
      return run === 'running' ? { kind: 'running', word: 'running' } : { kind: 'warning', word: 'interrupted' };
    case 'skipped':
      return { kind: 'off', word: 'skipped' };
    case 'warning':
      return { kind: 'warning', word: 'done, with a warning' };
    case 'ok':
      return { kind: 'ok', word: 'done' };
  }
}

export const RUN_LOOKS: Record<RunState, { kind: StatusKind; word: string }> = {
  running: { kind: 'running', word: 'running' },
  refused: { kind: 'warning', word: 'not ready' },
  failed: { kind: 'failed', word: 'failed' },
  done: { kind: 'ok', word: 'done' },
  interrupted: { kind: 'warning', word: 'interrupted' },
};

/** The heading over a run's details. */
export function headline({ state, kind, environment, releaseNumber, reasons }: DeploymentDetail): string {
  const release = releaseNumber === null ? '' : ` release ${releaseNumber}`;
  const noun = kind === 'rollback' ? 'The roll back' : 'The deploy';
  switch (state) {
    case 'running':
      return kind === 'rollback' ? `Rolling ${environment} back` : `Deploying to ${environment}`;
    case 'refused':
      return openReasons(reasons).length === 0
        ? 'Ready, and waits for consent'
        : `${noun} waits for ${amount(openReasons(reasons).length, 'thing')}. Nothing was changed.`;
    case 'failed':
      return `${noun} stopped. The release from before keeps serving.`;
    case 'interrupted':
      return `${noun} was interrupted. The release from before keeps serving.`;
    case 'done':
      return `${environment} serves${release}`;
  }
}

/** Reasons that are mended somewhere; consent is given to the plan as a whole. */
export const openReasons = (reasons: DeploymentDetail['reasons']) =>
  reasons.filter(({ code }) => code !== 'confirmation-needed' && code !== 'plan-changed');

export const amount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
