import { checkLiteral } from '#elements/connection/check-field-value.ts';
import { isReference, type FieldDefinition, type FieldValue } from '#elements/connection/fields.ts';
import { FITTING_TYPES } from '#elements/connection/type-fit.ts';
import type { Reason } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import type { Source } from '#lib/source/source.ts';
import { lookUp } from './look-up.ts';
import type { ResolvedField, ValueSet } from './resolution.ts';

export type Place = { /** whose file holds the field */ element: string; value: FieldValue | undefined };
/** `lenient`: it may be needed, so that what is missing is no fault; `skip`: it is not */
export type Strictness = 'strict' | 'lenient' | 'skip';

/** Collects while the fields of one element are visited one by one. */
export class FieldWalk {
  readonly fields: Record<string, ResolvedField> = {};
  readonly reasons: Reason[] = [];
  readonly uses = new Set<string>();
  readonly asked = new Set<string>();
  readonly #source: Source;
  readonly #values: ValueSet;

  constructor(source: Source, values: ValueSet) {
    this.#source = source;
    this.#values = values;
  }

  visit(field: FieldDefinition, place: Place, strictness: Strictness): void {
    this.fields[field.name] = this.#resolve(field, place, strictness);
  }

  #resolve(field: FieldDefinition, { element, value }: Place, strictness: Strictness): ResolvedField {
    if (strictness === 'skip') return { value: null, origin: { from: 'skipped', ...variableOf(value) } };
    if (value === undefined) return this.#leftOut(field, element);
    if (!isReference(value)) return this.#literal(field, element, value);
    return this.#reference(field, element, value.$env, strictness);
  }

  #leftOut(field: FieldDefinition, element: string): ResolvedField {
    if (field.default !== undefined) return { value: field.default, origin: { from: 'field-default' } };
    if (!field.optional) this.#refuse(element, field, missingField(field));
    return { value: null, origin: { from: 'absent' } };
  }

  #literal(field: FieldDefinition, element: string, value: string | number | boolean): ResolvedField {
    if (field.kind === 'secret') {
      this.#refuse(element, field, {
        code: 'literal-secret',
        message: `${field.name}: expected a reference to a secret variable, found a literal.`,
        next: 'Make a secret variable, and put a reference to it into the field.',
      });
    }
    return { value: field.kind === 'secret' ? null : value, origin: { from: 'literal' } };
  }

  #reference(field: FieldDefinition, element: string, key: string, strictness: Strictness): ResolvedField {
    this.asked.add(key);
    const definition = this.#source.variables[key];
    const absent: ResolvedField = { value: field.default ?? null, origin: { from: 'absent', variable: key } };
    if (!definition) {
      if (strictness === 'lenient') return absent;
      return this.#missing(field, element, key, undefinedVariable(key));
    }
    const found = lookUp(key, definition, this.#values);
    if (found) {
      const wrong = this.#wrong(field, definition.type, found.value);
      if (wrong !== null) this.#refuse(element, field, wrongValue(key, wrong, this.#values.environment.name), key);
      else this.uses.add(key);
      return wrong === null
        ? { value: found.value, origin: { from: found.from, variable: key } }
        : { value: null, origin: { from: found.from, variable: key } };
    }
    const mayBeAbsent = field.optional && !field.mustResolve && definition.required !== true;
    if (mayBeAbsent || strictness === 'lenient') return absent;
    return this.#missing(field, element, key, missingVariable(key, this.#values.environment.name));
  }

  /** The source's checks hold types; a value's limits are known only here. A secret's text is never judged. */
  #wrong(field: FieldDefinition, type: string, value: unknown): string | null {
    if (!FITTING_TYPES[field.kind].includes(type)) {
      return `${field.name}: expected a variable of type ${FITTING_TYPES[field.kind].join(' or ')}, found ${type}`;
    }
    return value instanceof Secret ? null : checkLiteral(field, value);
  }

  #missing(field: FieldDefinition, element: string, variable: string, why: Why): ResolvedField {
    this.#refuse(element, field, why, variable);
    return { value: null, origin: { from: 'missing', variable } };
  }

  /** Of two fields, one without the other is missing (rule 3.1). */
  pair(
    fields: FieldDefinition[],
    place: (field: FieldDefinition) => Place,
    one: string,
    other: string,
    lenient: boolean,
  ): void {
    const [first, second] = [this.fields[one], this.fields[other]];
    if (!first || !second || lenient || isThere(first) === isThere(second)) return;
    const [present, absent] = isThere(first) ? [one, other] : [other, one];
    const field = fields.find((each) => each.name === absent);
    // Told already where the other one is missing or wrong by itself.
    if (!field || this.fields[absent]?.origin.from !== 'absent') return;
    const { element, value } = place(field);
    const message = `${absent}: expected a value because ${present} has one, found none.`;
    if (!isReference(value)) {
      this.#refuse(element, field, {
        code: 'missing-field',
        message,
        next: `Fill in ${absent}, or leave out ${present}.`,
      });
      return;
    }
    const { name } = this.#values.environment;
    const next = `Set ${value.$env} in ${name}, or unset what fills ${present}.`;
    this.fields[absent] = this.#missing(field, element, value.$env, { code: 'missing-variable', message, next });
  }

  #refuse(element: string, field: FieldDefinition, why: Why, variable?: string): void {
    this.reasons.push({
      element,
      field: field.name,
      ...(variable === undefined ? {} : { variable }),
      environment: this.#values.environment.name,
      ...why,
    });
  }
}

type Why = Pick<Reason, 'code' | 'message' | 'next'>;

const isThere = (field: ResolvedField): boolean => field.value !== null;

const variableOf = (value: FieldValue | undefined) =>
  value !== undefined && isReference(value) ? { variable: value.$env } : {};

const missingField = (field: FieldDefinition): Why => ({
  code: 'missing-field',
  message: `${field.name}: expected a value, found nothing.`,
  next: `Fill in ${field.label}, with a value or a variable.`,
});

const undefinedVariable = (key: string): Why => ({
  code: 'undefined-variable',
  message: `${key} is not defined.`,
  next: `Define ${key} under Variables, or use another variable in this field.`,
});

const missingVariable = (key: string, environment: string): Why => ({
  code: 'missing-variable',
  message: `${key} has no value in ${environment}.`,
  next: `Set ${key} in ${environment}.`,
});

const wrongValue = (key: string, wrong: string, environment: string): Why => ({
  code: 'wrong-value',
  message: `The value of ${key} in ${environment} does not fit its field: ${wrong}.`,
  next: `Set ${key} in ${environment} to a fitting value.`,
});
