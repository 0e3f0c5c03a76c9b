import type { DatabaseEngine, DatabaseFacts, Rights } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { TestFacts, TestStage, TestStageName } from '#lib/http/api.ts';
import type { ResolvedElement, ValueSet } from '#lib/variables/resolution.ts';
import type { Source } from '#lib/source/source.ts';
import type { Place, TargetOptions, TargetOutcome } from '../target.ts';
import type { Deadline } from './deadline.ts';
import type { Dial } from './dial.ts';

/** What a test is made from; nothing of it is written. */
export type TrialInput = {
  source: Source;
  values: ValueSet;
  /** fullName of the database or connection */
  element: string;
  place: Place;
  /** of the environment: its databases should not be on the open internet */
  protected?: boolean;
  /** the check of rule 3.7, run when address and name are known to be good; left out, no secret is stored yet */
  checkSecrets?: (resolved: ResolvedElement) => Promise<Reason[]>;
  /** default: this installation's */
  options?: Pick<TargetOptions, 'surroundings' | 'resolver'>;
  /** default: 10 s in all */
  totalMs?: number;
};

/** What the stages learn on their way, each for those after it. */
export type Trial = TrialInput & {
  readonly deadline: Deadline;
  readonly facts: TestFacts;
  readonly reasons: Reason[];
  resolved: ResolvedElement | null;
  /** made before *variables* is told where only the address decides which variables are needed */
  outcome: TargetOutcome | null;
  engine: DatabaseEngine | null;
  dial: Dial | null;
  databaseFacts: DatabaseFacts | null;
  rights: Rights | null;
};

/** A stage's result; `ms` only where it was measured elsewhere, by the driver. */
export type Verdict = Omit<TestStage, 'stage' | 'ms'> & { ms?: number };

export type Stage = {
  name: TestStageName;
  /** false: stages after it still run when it fails */
  decisive: boolean;
  run(trial: Trial): Promise<Verdict>;
};

export const ok = (message: string, more: Partial<Verdict> = {}): Verdict => ({ state: 'ok', message, ...more });
export const skipped = (message: string): Verdict => ({ state: 'skipped', message });
