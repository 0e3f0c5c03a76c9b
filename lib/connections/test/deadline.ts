/** One time limit over many steps; all figures in milliseconds. */
export class Deadline {
  readonly #at: number;

  constructor(totalMs: number) {
    this.#at = performance.now() + totalMs;
  }

  get left(): number {
    return Math.max(0, this.#at - performance.now());
  }

  /** Settles with `work`, or gives `late` when the time is up; `work` goes on unheard. */
  async within<T, L>(work: Promise<T>, late: L): Promise<T | L> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<L>((resolve) => {
      timer = setTimeout(() => resolve(late), this.left);
    });
    try {
      return await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }
}
