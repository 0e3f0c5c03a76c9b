import { checkPasted } from './check-pasted.ts';
import { hasField, type PasteField } from './engine-fields.ts';
import type { Found, Pasted } from './pasted.ts';
import { shownKey } from './shown-key.ts';

type Mode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** What is put together from one text: each key ends as a field, as ignored, or as refused, and none is lost. */
export class Draft {
  readonly found: Found;
  readonly #fields = new Map<PasteField, string | number | boolean>();
  readonly #ignored = new Set<string>();
  readonly #refused = new Map<string, string>();
  /** a switch that says no more than encrypted or not: a mode stands above it */
  #encrypted: boolean | null = null;

  constructor(found: Found) {
    this.found = found;
    for (const key of found.ignored) this.ignore(key);
    for (const { key, why } of found.refused) this.refuse(key, why);
  }

  /** An empty value is one that is not given. */
  take(field: PasteField, key: string, value: string): void {
    if (!hasField(this.found.engine, field)) return this.ignore(key);
    if (value === '') return;
    const { checked, wrong } = checkPasted(field, value);
    if (checked === undefined) return this.refuse(key, wrong);
    const before = this.#fields.get(field);
    if (before !== undefined && before !== checked)
      return this.refuse(key, 'given twice, and the two differ; the first was taken');
    this.#fields.set(field, checked);
  }

  mode(key: string, mode: Mode): void {
    this.take('tls.mode', key, mode);
  }

  /** On never means less than a full check: the text names no mode, and none is guessed that checks less. */
  encrypt(key: string, on: boolean): void {
    if (!hasField(this.found.engine, 'tls.mode')) return this.ignore(key);
    this.#encrypted = this.#encrypted === true || on;
  }

  ignore(key: string): void {
    this.#ignored.add(shownKey(key));
  }

  refuse(key: string, why: string): void {
    const shown = shownKey(key);
    if (!this.#refused.has(shown)) this.#refused.set(shown, why);
  }

  done(): Pasted {
    const mode = this.#fields.get('tls.mode');
    if (this.#encrypted !== null && mode === undefined) {
      this.#fields.set('tls.mode', this.#encrypted ? 'verify-full' : 'disable');
    } else if (this.#encrypted === true && mode === 'disable') {
      this.#fields.set('tls.mode', 'verify-full');
      this.refuse('tls', 'switched on and off in one text; on was taken');
    }
    const { engine, form } = this.found;
    return {
      form,
      engine,
      fields: Object.fromEntries(this.#fields),
      ignored: [...this.#ignored],
      refused: [...this.#refused].map(([key, why]) => ({ key, why })),
    };
  }
}
