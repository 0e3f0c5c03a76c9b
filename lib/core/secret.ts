import { inspect } from 'node:util';

const BRAND = Symbol.for('mooring.Secret');

/**
 * A text that cannot be printed. `String`, template literals, `JSON.stringify` and `util.inspect`
 * all give `[secret]`; only {@link Secret.reveal} gives the text, and a test lists who may call it.
 */
export class Secret {
  readonly #text: string;
  readonly [BRAND] = true;

  constructor(text: string) {
    this.#text = text;
  }

  // a bundle has a copy of this class: a secret made by another copy is one all the same
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
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
