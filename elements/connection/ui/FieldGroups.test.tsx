import { FormProvider, useForm } from 'react-hook-form';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { definitionList } from '../../database/definitions.ts';
import type { FieldDefinition } from '../fields.ts';
import { FieldGroups } from './FieldGroups.tsx';
import { type FieldHost, FieldHostContext } from './field-host.ts';
import type { FormValues } from './form-values.ts';

const host: FieldHost = {
  formId: 'form',
  readOnly: false,
  proposedKey: (field) => field.toUpperCase(),
  chooseVariable: () => {},
  namesOf: undefined,
  releaseVariable: () => {},
  Provenance: () => null,
  blamed: {},
  certificates: null,
};

function Form({ fields }: { fields: FieldDefinition[] }) {
  const form = useForm<FormValues>({ defaultValues: { connection: '', fields: {} } });
  return (
    <FormProvider {...form}>
      <FieldHostContext value={host}>
        <FieldGroups fields={fields} tlsMode={null} />
      </FieldHostContext>
    </FormProvider>
  );
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#x27;').replaceAll('"', '&quot;');

test.each(definitionList)('the form of $title shows each of its fields, with its label and help', (definition) => {
  const fields = [...definition.ownFields, ...definition.sharedFields];
  const html = renderToString(<Form fields={fields} />);
  expect(fields.filter(({ label }) => !html.includes(escaped(label))).map(({ name }) => name)).toEqual([]);
  expect(fields.filter(({ help }) => !html.includes(escaped(help))).map(({ name }) => name)).toEqual([]);
});
