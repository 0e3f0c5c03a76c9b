import { inspect } from 'node:util';

/**
 * A text that cannot be printed. `String`, template literals, `JSON.stringify` and `util.inspect`
 * all give `[secret]`; only {@link Secret.reveal} gives the text, and a test lists who may call it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  get isEmpty(): boolean {
    return this.#text.length === 0;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
