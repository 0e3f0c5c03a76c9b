import type { SentText } from './protocol.ts';

/** More texts than this have no number, and travel each time. */
const MOST = 500;

/** The portal's end: which texts the process knows by a number. */
export class NumberedTexts {
  readonly #numbers = new Map<string, number>();

  name(text: string): SentText {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST) return { text, number: null };
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return { text, number };
  }
}

/** The process's end of {@link NumberedTexts}. */
export class KnownTexts {
  readonly #texts: string[] = [];

  /** @throws Error for a number that never came with a text */
  read(sent: SentText): string {
    if (typeof sent !== 'number') {
      if (sent.number !== null) this.#texts[sent.number] = sent.text;
      return sent.text;
    }
    const text = this.#texts[sent];
    if (text === undefined) throw new Error(`statement ${sent} was never sent`);
    return text;
  }
}
