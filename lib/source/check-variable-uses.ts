import { FITTING_TYPES } from '#elements/connection/type-fit.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Source } from './source.ts';
import { variableUses } from './variable-uses.ts';

/** A variable's type must fit every field that refers to it; a secret stands in secret fields only, and nothing else there. */
export function checkVariableUses({ elements, variables }: Source): Reason[] {
  return elements.flatMap(variableUses).flatMap(({ element, field, key }): Reason[] => {
    const type = variables[key]?.type;
    if (type === undefined || FITTING_TYPES[field.kind].includes(type)) return [];
    const expected = FITTING_TYPES[field.kind].join(' or ');
    const message = `${field.name}: expected a variable of type ${expected}, found ${key} of type ${type}.`;
    const next = 'Use another variable in this field, or change the type of this one.';
    return [{ element, field: field.name, variable: key, code: 'wrong-variable-type', message, next }];
  });
}
