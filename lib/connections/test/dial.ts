import { CONNECT_CAUSES, CONNECT_STAGES } from '#elements/database/connect-causes.ts';
import type { ConnectStage } from '#elements/database/connect-causes.ts';
import { ConnectFailure } from '#elements/database/contract.ts';
import type { ConnectStep, DatabaseEngine, Session, Target } from '#elements/database/contract.ts';

export type Reached<Stage extends ConnectStage> =
  | { state: 'passed'; /** null: the driver went by without telling */ step: (ConnectStep & { stage: Stage }) | null }
  | { state: 'failed'; failure: ConnectFailure };

/** The one connection of a test, watched while it is made: each stage is known as soon as the driver is behind it. */
export class Dial {
  readonly target: Target;
  readonly #steps: ConnectStep[] = [];
  #told = Promise.withResolvers<void>();
  #end: { session: Session } | { failure: ConnectFailure } | null = null;
  #abandoned = false;
  /** the last stage that was found good */
  #passed: ConnectStage = 'dns';

  constructor(engine: DatabaseEngine, target: Target) {
    this.target = target;
    const observe = (step: ConnectStep) => this.#tell(() => this.#steps.push(step));
    // A broken promise of an engine is shown as a failed connect as well: a test always ends with a report.
    engine.connect(target, observe).then(
      (session) => {
        if (this.#abandoned) session.destroy();
        this.#tell(() => (this.#end = { session }));
      },
      (error: unknown) => this.#tell(() => (this.#end = { failure: asFailure(error) })),
    );
  }

  get session(): Session | null {
    return this.#end && 'session' in this.#end ? this.#end.session : null;
  }

  /** Waits until the stage is behind or has failed; a failure of a later stage means that this one passed. */
  async reached<Stage extends ConnectStage>(stage: Stage): Promise<Reached<Stage>> {
    for (;;) {
      const step = this.#steps.find((each): each is ConnectStep & { stage: Stage } => each.stage === stage);
      if (step || (this.#end && 'session' in this.#end)) return this.#pass(stage, step ?? null);
      if (this.#end) {
        const { failure } = this.#end;
        return this.#failsAt(failure) > CONNECT_STAGES.indexOf(stage)
          ? this.#pass(stage, null)
          : { state: 'failed', failure };
      }
      await this.#told.promise;
    }
  }

  /** Ends the connection politely, or at once where it was not there in time. */
  async end(): Promise<void> {
    this.#abandoned = true;
    await this.session?.close();
  }

  cut(): void {
    this.#abandoned = true;
    this.session?.destroy();
  }

  #pass<Stage extends ConnectStage>(stage: Stage, step: (ConnectStep & { stage: Stage }) | null): Reached<Stage> {
    this.#passed = stage;
    return { state: 'passed', step };
  }

  /** A cause shows at its own stage, but never at one that is behind already: what was shown as good stays good. */
  #failsAt({ why }: ConnectFailure): number {
    const observed = this.#steps.map(({ stage }) => CONNECT_STAGES.indexOf(stage));
    return Math.max(
      CONNECT_STAGES.indexOf(CONNECT_CAUSES[why].stage),
      CONNECT_STAGES.indexOf(this.#passed) + 1,
      ...observed.map((at) => at + 1),
    );
  }

  #tell(change: () => void): void {
    change();
    this.#told.resolve();
    this.#told = Promise.withResolvers<void>();
  }
}

function asFailure(error: unknown): ConnectFailure {
  return error instanceof ConnectFailure
    ? error
    : new ConnectFailure('other', error instanceof Error ? error.message : '');
}
