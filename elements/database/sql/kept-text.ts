/**
 * SQL written for a list that comes again and again, such as the fields of a model; kept as long as the list lives. The list must
 * never change.
 */
export class KeptText<T extends object> {
  readonly #texts = new WeakMap<T, Map<string, string>>();

  /** @param way what else the text depends on, e.g. the alias of the table */
  get(list: T, way: string, write: () => string): string {
    let texts = this.#texts.get(list);
    if (!texts) this.#texts.set(list, (texts = new Map()));
    let text = texts.get(way);
    if (text === undefined) texts.set(way, (text = write()));
    return text;
  }
}
