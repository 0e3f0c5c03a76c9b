/**
 * One timer for all statements of a session: arming it again is far cheaper than a new timer per statement.
 * It does not keep the process alive.
 */
export class Deadline {
  #timer: NodeJS.Timeout | null = null;
  #ms = 0;
  #act: (() => void) | null = null;

  arm(ms: number, act: () => void): void {
    this.#act = act;
    if (this.#timer && this.#ms === ms) {
      this.#timer.refresh();
      return;
    }
    this.clear();
    this.#act = act;
    this.#ms = ms;
    this.#timer = setTimeout(() => this.#act?.(), ms).unref();
  }

  /** The timer runs on, and does nothing when it ends. */
  disarm(): void {
    this.#act = null;
  }

  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#act = null;
  }
}
