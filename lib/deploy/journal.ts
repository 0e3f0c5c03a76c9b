import type { Statement } from '#elements/database/schema.ts';
import { newId } from '#lib/store/new-id.ts';
import { store } from '#lib/store/store.ts';
import type { PlannedChange } from './plan.ts';

export type EntryState = 'pending' | 'running' | 'done' | 'failed' | 'rolled-back' | 'unknown';

/** The journal of one database in one deploy: each statement is written down before it runs and again after. */
export class Journal {
  readonly #deploymentId: string;
  readonly #element: string;

  constructor(deploymentId: string, element: string) {
    this.#deploymentId = deploymentId;
    this.#element = element;
  }

  /** Writes down all that is going to run, in order. */
  async plan(changes: PlannedChange[]): Promise<void> {
    const statements = changes.flatMap(({ phase, statements }) => statements.map(({ sql }) => ({ phase, sql })));
    await store().journalEntry.createMany({
      data: statements.map(({ phase, sql }, at) => ({
        id: newId('j'),
        deploymentId: this.#deploymentId,
        element: this.#element,
        ordinal: at + 1,
        phase,
        sql,
        state: 'pending',
      })),
    });
  }

  async begin(ordinal: number): Promise<void> {
    await this.#mark(ordinal, { state: 'running', startedAt: new Date() });
  }

  async end(ordinal: number, state: EntryState, error: string | null = null): Promise<void> {
    await this.#mark(ordinal, { state, error, endedAt: new Date() });
  }

  /** Settles the statements of a transaction together, as the server does; one that failed keeps its state. */
  async settle(from: number, to: number, state: EntryState): Promise<void> {
    await store().journalEntry.updateMany({
      where: {
        deploymentId: this.#deploymentId,
        element: this.#element,
        ordinal: { gte: from, lte: to },
        state: 'running',
      },
      data: { state, endedAt: new Date() },
    });
  }

  async #mark(
    ordinal: number,
    data: { state: EntryState; error?: string | null; startedAt?: Date; endedAt?: Date },
  ): Promise<void> {
    const { count } = await store().journalEntry.updateMany({
      where: { deploymentId: this.#deploymentId, element: this.#element, ordinal },
      data,
    });
    if (count !== 1) throw new Error(`no journal entry ${ordinal} of ${this.#element}`);
  }
}

/** Statements as the journal numbers them, with the change each belongs to. */
export type Step = { ordinal: number; statement: Statement; planned: PlannedChange; last: boolean };

export function stepsOf(changes: PlannedChange[]): Step[] {
  let ordinal = 0;
  return changes.flatMap((planned) =>
    planned.statements.map((statement, at) => ({
      ordinal: (ordinal += 1),
      statement,
      planned,
      last: at === planned.statements.length - 1,
    })),
  );
}
