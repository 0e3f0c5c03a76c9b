/**
 * One timer for all that waits, armed for what is due first: arming and clearing one for each request costs more than sending it.
 * The timer keeps the program alive while something waits.
 */
export class Deadlines {
  readonly #late: (id: number) => void;
  readonly #due = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;
  #armedFor = Infinity;

  /** @param late called once for what has waited too long */
  constructor(late: (id: number) => void) {
    this.#late = late;
  }

  /** @param now a value of performance.now() */
  add(id: number, now: number, timeoutMs: number): void {
    if (this.#due.size === 0) this.#timer?.ref();
    const due = now + timeoutMs;
    this.#due.set(id, due);
    if (due < this.#armedFor) this.#arm(due, now);
  }

  remove(id: number): void {
    this.#due.delete(id);
    if (this.#due.size === 0) this.#timer?.unref();
  }

  #arm(due: number, now: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#armedFor = due;
    // timers may fire up to a millisecond early
    this.#timer = setTimeout(() => this.#look(), due - now + 1);
  }

  #look(): void {
    this.#timer = null;
    this.#armedFor = Infinity;
    const now = performance.now();
    const late = [...this.#due].filter(([, due]) => due <= now).map(([id]) => id);
    for (const id of late) this.#due.delete(id);
    if (this.#due.size > 0) this.#arm(Math.min(...this.#due.values()), now);
    for (const id of late) this.#late(id);
  }
}
