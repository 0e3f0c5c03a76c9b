import type { Reason } from '#lib/core/errors.ts';
import type { Secret } from '#lib/core/secret.ts';

/** A variable's value in one environment, typed (rule 3.4); of a secret only what can not be printed. */
export type TypedValue = string | number | boolean | Secret;

/** All that one environment holds, unsealed: input of `resolve`. */
export type ValueSet = {
  environment: { name: string; protected: boolean; position: number };
  /** `undefined`: not set */
  get(key: string): TypedValue | undefined;
};

export const DEVELOPMENT = 'development';

/** Where the present value of a field comes from, for the designer's line under it. */
export type Origin =
  | { from: 'literal' }
  | { from: 'value'; variable: string }
  | { from: 'default'; variable: string }
  | { from: 'field-default' }
  | { from: 'absent'; variable?: string }
  | { from: 'skipped'; variable?: string }
  | { from: 'missing'; variable: string };

export type ResolvedField = { value: TypedValue | null; origin: Origin };

/** A database or connection with every field resolved; `fields` is by dotted name and has every field of the definition. */
export type ResolvedElement = {
  element: string;
  elementId: string;
  engine: string;
  /** fullName of the connection it attaches to */
  connection: string | null;
  fields: Record<string, ResolvedField>;
  /** keys of the variables in use after rule 3.1, defaults included */
  uses: string[];
};

/** Everything wrong at once (rule 3.3), and the elements that resolved. */
export type Resolution = { elements: ResolvedElement[]; reasons: Reason[]; warnings: Reason[] };
