import type { UseFormReturn } from 'react-hook-form';
import type { PastedFields } from '../paste/pasted.ts';
import { isReference, type FieldDefinition } from '../fields.ts';
import { slot, type FormValues } from './form-values.ts';

/**
 * Puts pasted fields into the form as if they had been typed: a secret under the key that its field has, or the one
 * proposed. Fields that the text does not give stay as they are.
 * @returns how many were put
 */
export function fillForm(
  { getValues, setValue }: Pick<UseFormReturn<FormValues>, 'getValues' | 'setValue'>,
  fields: FieldDefinition[],
  pasted: PastedFields,
  proposedKey: (field: string) => string,
): number {
  const given = fields.filter(({ name }) => pasted[name] !== undefined);
  // a text with a server of its own does not go with a connection
  if (given.some(({ group }) => group !== 'own')) setValue('connection', '', { shouldDirty: true });
  for (const { name, kind } of given) {
    const value = pasted[name] ?? '';
    if (kind !== 'secret') setValue(`fields.${slot(name)}`, value, { shouldDirty: true, shouldValidate: true });
    else {
      const kept = getValues(`fields.${slot(name)}`);
      const key = getValues(`secrets.${slot(name)}`)?.key ?? (isReference(kept) ? kept.$env : proposedKey(name));
      setValue(`secrets.${slot(name)}`, { key, text: String(value) }, { shouldDirty: true });
    }
  }
  return given.length;
}
