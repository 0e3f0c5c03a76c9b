import type { Parameter } from '../schema.ts';

/** The parameters of a statement while it is being written: {@link ParameterList.add} gives the placeholder to write. */
export class ParameterList {
  readonly values: Parameter[] = [];
  readonly #placeholder: (position: number) => string;

  constructor(placeholder: (position: number) => string) {
    this.#placeholder = placeholder;
  }

  add(value: Parameter): string {
    this.values.push(value);
    return this.#placeholder(this.values.length);
  }
}
