import type { TestReport } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import { store } from '#lib/store/store.ts';
import { type Findings, type Plan, type StageName, STAGES, type StageState } from './plan.ts';

/** Where the progress of a run is told: rows of the store, which page and command line poll, or nowhere for a plan. */
export type StageLog = {
  begin(stage: StageName): Promise<void>;
  skip(stage: StageName, message: string): Promise<void>;
  end(stage: StageName, state: StageState, message: string | null, findings: Findings): Promise<void>;
  tests(reports: TestReport[]): Promise<void>;
  plan(plan: Plan): Promise<void>;
  release(id: string): Promise<void>;
};

const nothing = async (): Promise<void> => {};

export const silentLog: StageLog = {
  begin: nothing,
  skip: nothing,
  end: nothing,
  tests: nothing,
  plan: nothing,
  release: nothing,
};

export function storedLog(deploymentId: string): StageLog {
  const at = (stage: StageName) => ({ deploymentId_stage: { deploymentId, stage } });
  const started = new Map<StageName, number>();
  return {
    async begin(stage) {
      started.set(stage, performance.now());
      await store().deploymentStep.create({
        data: {
          id: newId('s'),
          deploymentId,
          position: STAGES.indexOf(stage),
          stage,
          state: 'running',
          startedAt: new Date(),
        },
      });
    },
    async skip(stage, message) {
      await this.begin(stage);
      await store().deploymentStep.update({ where: at(stage), data: { state: 'skipped', message, ms: 0 } });
    },
    async end(stage, state, message, { reasons, warnings }) {
      const ms = Math.round(performance.now() - (started.get(stage) ?? performance.now()));
      await store().deploymentStep.update({ where: at(stage), data: { state, message, ms } });
      await store().deployment.update({
        where: { id: deploymentId },
        data: { reasons: JSON.stringify(reasons), warnings: JSON.stringify(warnings) },
      });
    },
    async tests(reports) {
      await store().deploymentStep.update({ where: at('connect'), data: { details: JSON.stringify(reports) } });
    },
    async plan(plan) {
      await store().deployment.update({
        where: { id: deploymentId },
        data: { plan: JSON.stringify(plan), planHash: plan.hash },
      });
    },
    async release(id) {
      await store().deployment.update({ where: { id: deploymentId }, data: { releaseId: id } });
    },
  };
}
