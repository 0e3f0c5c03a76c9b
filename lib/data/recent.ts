/** What was made of a text lately, so that the same text gives the same object; the oldest goes when there are too many. */
export class Recent<T> {
  readonly #most: number;
  readonly #made = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(text: string, make: () => T): T {
    const found = this.#made.get(text);
    if (found !== undefined) return found;
    const made = make();
    if (this.#made.size >= this.#most) this.#made.delete(this.#made.keys().next().value!);
    this.#made.set(text, made);
    return made;
  }
}
