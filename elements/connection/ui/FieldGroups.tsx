'use client';
import type { ReactNode } from 'react';
import { useFormState } from 'react-hook-form';
import type { FieldDefinition, FieldGroup } from '../fields.ts';
import { BindableField } from './BindableField.tsx';
import { FormSection } from './FormSection.tsx';
import { slot } from './form-values.ts';
import type { FormValues } from './form-values.ts';

const GROUPS: { group: FieldGroup; title: string; folded: boolean }[] = [
  { group: 'own', title: 'Database', folded: false },
  { group: 'server', title: 'Server', folded: false },
  { group: 'login', title: 'Login', folded: false },
  { group: 'tls', title: 'TLS', folded: false },
  { group: 'pool', title: 'Pool', folded: true },
  { group: 'options', title: 'Options', folded: true },
  { group: 'migration', title: 'Migration login', folded: true },
];

type Props = { fields: FieldDefinition[]; tlsMode: string | null; show?: (field: FieldDefinition) => ReactNode };

/** Fields in their groups; what is rarely needed is folded until it holds something wrong. */
export function FieldGroups({ fields, tlsMode, show }: Props) {
  const { errors } = useFormState<FormValues>();
  return GROUPS.map(({ group, title, folded }) => {
    const inGroup = fields.filter((field) => field.group === group && isUsed(field, tlsMode));
    if (inGroup.length === 0) return null;
    const wrong = inGroup.some((field) => errors.fields?.[slot(field.name)]);
    return (
      <FormSection key={group} title={title} folded={folded && !wrong}>
        {inGroup.map((field) => (show ? show(field) : <BindableField key={field.name} field={field} />))}
      </FormSection>
    );
  });
}

/** Unknown mode (left out, or a variable): every field may count. */
function isUsed(field: FieldDefinition, tlsMode: string | null): boolean {
  return !field.onlyForTlsModes || tlsMode === null || field.onlyForTlsModes.includes(tlsMode);
}
