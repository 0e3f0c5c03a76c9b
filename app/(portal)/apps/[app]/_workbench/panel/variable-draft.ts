import { checkLiteral, VARIABLE_KEY } from '#elements/connection/check-field-value.ts';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import type { VariableRow } from '#lib/http/api.ts';
import type { VariableDefinition, VariableType } from '#lib/source/source.ts';
import type { BindingRequest } from '../binding.ts';

/** What the panel's inputs hold; texts as typed. */
export type VariableDraft = {
  type: VariableType;
  key: string;
  name: string;
  description: string;
  defaultValue: string;
  /** the value in development; empty: leave as it is */
  value: string;
  required: boolean;
};

const TYPE_FOR: Record<FieldDefinition['kind'], VariableType> = {
  text: 'text',
  choice: 'text',
  number: 'number',
  boolean: 'boolean',
  pem: 'file',
  secret: 'secret',
};

/** Filled from the variable, or proposed from the field. */
export function draftOf(
  { field, proposedKey, proposedName, literal }: BindingRequest,
  existing: VariableRow | undefined,
): VariableDraft {
  if (existing) {
    const { type, name = '', description = '', default: byDefault, required = false } = existing.definition;
    const cell = existing.cells.development;
    return {
      type,
      key: existing.key,
      name,
      description,
      required,
      defaultValue: byDefault === undefined ? '' : String(byDefault),
      value: type !== 'secret' && cell?.state === 'set' ? String(cell.value ?? '') : '',
    };
  }
  return {
    type: TYPE_FOR[field.kind],
    key: proposedKey,
    name: proposedName,
    description: '',
    defaultValue: '',
    value: literal === null ? '' : String(literal),
    required: !field.optional && field.default === undefined,
  };
}

/** What is wrong, by input. */
export function faultsOf(
  draft: VariableDraft,
  field: FieldDefinition,
  taken: string[],
): Partial<Record<keyof VariableDraft, string>> {
  const faults: Partial<Record<keyof VariableDraft, string>> = {};
  if (!VARIABLE_KEY.test(draft.key)) faults.key = 'Capital letters, digits and _ are expected, a letter first.';
  else if (taken.includes(draft.key))
    faults.key = `${draft.key} is there already. Pick it under “existing”, or choose another key.`;
  for (const name of ['defaultValue', 'value'] as const) {
    const fault =
      draft.type === 'secret' || draft[name] === ''
        ? null
        : checkLiteral({ ...field, name: 'value' }, typed(draft.type, draft[name]));
    if (fault) faults[name] = `${fault[0]?.toUpperCase()}${fault.slice(1)}.`;
  }
  return faults;
}

/** Body of PUT variables/{key}. */
export function requestOf(draft: VariableDraft): {
  definition: VariableDefinition;
  development?: string | number | boolean;
} {
  const { type, name, description, defaultValue, required, value } = draft;
  return {
    definition: {
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(description.trim() ? { description: description.trim() } : {}),
      type,
      ...(required ? { required } : {}),
      ...(type !== 'secret' && defaultValue !== '' ? { default: typed(type, defaultValue) } : {}),
    },
    ...(value === '' ? {} : { development: typed(type, value) }),
  };
}

/** A typed text as a value of this type; one that does not fit stays a text, for the check to name. */
export function typed(type: VariableType, text: string): string | number | boolean {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
