import { DatabaseFailure, type Session } from '#elements/database/contract.ts';
import type { Change } from '#elements/database/schema.ts';
import { applyChange, type Shape, shapeOf } from './apply-change.ts';
import { canonical } from './hash.ts';
import { Journal, type Step, stepsOf } from './journal.ts';
import type { Lease } from './lease.ts';
import { type ManagedRecord, recordsAfter } from './managed-record.ts';
import { writeRecords } from './managed-rows.ts';
import type { PlannedChange } from './plan.ts';
import type { DatabasePlan } from './plan-database.ts';

/** A schema change may take long; the lock it waits for may not be had for longer than this. */
const DDL_TIMEOUT_MS = 30 * 60_000;

/** `at` counts from 1; null: the commit of a phase. */
export type Failed = { at: number | null; message: string; unknown: boolean };

type Setting = { environmentId: string; deploymentId: string; lease: Lease; held: ReadonlySet<string> };

/** One database under way: what has been applied, what is recorded as made, and what went wrong. */
export class DatabaseMigration {
  readonly plan: DatabasePlan;
  readonly session: Session;
  readonly of: number;
  applied = 0;
  failed: Failed | null = null;
  readonly #setting: Setting;
  readonly #journal: Journal;
  readonly #steps: Step[];
  readonly #shape: Shape;
  #records: ManagedRecord[];

  constructor(plan: DatabasePlan, session: Session, setting: Setting) {
    this.plan = plan;
    this.session = session;
    this.#setting = setting;
    this.#journal = new Journal(setting.deploymentId, plan.planned.element);
    this.#steps = stepsOf(plan.planned.changes);
    this.#shape = shapeOf(plan.live);
    this.#records = plan.records;
    this.of = this.#steps.length;
  }

  async prepare(): Promise<void> {
    await this.#journal.plan(this.plan.planned.changes);
  }

  /** Runs the changes of one phase; false when one failed. @throws LeaseLost */
  async run(phase: PlannedChange['phase']): Promise<boolean> {
    const steps = this.#steps.filter((each) => each.planned.phase === phase);
    if (steps.length === 0) return true;
    if (this.plan.planned.transactional) await this.#together(steps);
    else await this.#oneByOne(steps);
    return this.failed === null;
  }

  /** Also where nothing was to be done: what the release manages is its own from now on. */
  async keepRecords(done: Change[] = []): Promise<void> {
    const { reached, wanted } = this.plan;
    for (const change of done) applyChange(this.#shape, change);
    if (reached.target.readOnly) return;
    const before = inOrder(this.#records);
    this.#records = recordsAfter(this.#records, done, wanted, this.#setting.held, this.#shape);
    if (inOrder(this.#records) === before) return;
    await writeRecords(this.#setting.environmentId, reached.element.id, this.#records, this.#setting.lease);
  }

  async #together(steps: Step[]): Promise<void> {
    const [first, last] = [steps[0]!.ordinal, steps.at(-1)!.ordinal];
    if (!(await this.#begin())) return;
    for (const step of steps) {
      if (await this.#runStep(step)) continue;
      await this.session.rollback().catch(() => this.session.destroy());
      await this.#journal.settle(first, step.ordinal - 1, 'rolled-back');
      return;
    }
    try {
      this.#setting.lease.check();
      await this.session.commit();
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) {
        await this.session.rollback().catch(() => this.session.destroy());
        throw error;
      }
      const unknown = error.kind === 'connection-lost' || error.kind === 'timeout';
      await this.#journal.settle(first, last, unknown ? 'unknown' : 'rolled-back');
      this.failed = { at: null, message: error.message, unknown };
      return;
    }
    // Until now none of them was done for good.
    await this.#journal.settle(first, last, 'done');
    this.applied += steps.length;
    await this.keepRecords(changesOf(steps));
  }

  async #begin(): Promise<boolean> {
    try {
      await this.session.begin();
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
      this.failed = { at: 1, message: error.message, unknown: false };
      return false;
    }
  }

  async #oneByOne(steps: Step[]): Promise<void> {
    for (const step of steps) {
      if (!(await this.#runStep(step))) return;
      this.applied += 1;
      if (step.last) await this.keepRecords([step.planned.change]);
    }
  }

  async #runStep({ ordinal, statement }: Step): Promise<boolean> {
    this.#setting.lease.check();
    await this.#journal.begin(ordinal);
    try {
      await this.session.run(statement, { timeoutMs: DDL_TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof DatabaseFailure)) throw error;
      const unknown = error.kind === 'connection-lost' && !this.plan.planned.transactional;
      await this.#journal.end(ordinal, unknown ? 'unknown' : 'failed', error.message);
      this.failed = { at: ordinal, message: error.message, unknown };
      return false;
    }
    if (!this.plan.planned.transactional) await this.#journal.end(ordinal, 'done');
    return true;
  }
}

const inOrder = (records: ManagedRecord[]): string =>
  canonical(records.toSorted((a, b) => (a.modelId < b.modelId ? -1 : 1)));

const changesOf = (steps: Step[]): Change[] => steps.filter((each) => each.last).map((each) => each.planned.change);
