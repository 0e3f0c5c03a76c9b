'use client';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import type { FieldErrors, Resolver, UseFormReturn } from 'react-hook-form';
import type { DatabaseDefinition } from '../../database/contract.ts';
import { bodyFields } from '../body-fields.ts';
import type { BodyFamily } from '../body-fields.ts';
import { checkBody } from '../check-body.ts';
import { bodyOf, slot } from './form-values.ts';
import type { FormValues } from './form-values.ts';

/** The form of a connection or database: checked by the same rules as a save, each fault at its field. */
export function useBodyForm(
  definition: DatabaseDefinition,
  family: BodyFamily,
  initial: FormValues,
): UseFormReturn<FormValues> {
  const resolver = useMemo<Resolver<FormValues>>(
    () => (values) => {
      const faults = faultsOf(definition, family, values);
      return Object.keys(faults).length === 0 ? { values, errors: {} } : { values: {}, errors: faults };
    },
    [definition, family],
  );
  return useForm<FormValues>({ defaultValues: initial, resolver, mode: 'onTouched', shouldFocusError: true });
}

function faultsOf(definition: DatabaseDefinition, family: BodyFamily, values: FormValues): FieldErrors<FormValues> {
  const allowed = bodyFields(definition, family, values.connection !== '');
  const issues = checkBody(definition, family, bodyOf(allowed, values));
  const labels = new Map(allowed.map(({ name, label }) => [name, label]));
  const fields = Object.fromEntries(
    issues
      .filter(({ field }) => labels.has(field))
      .map(({ field, message }) => [
        slot(field),
        { type: 'body', message: message.replace(field, labels.get(field) ?? field) },
      ]),
  );
  const connection = issues.find(({ field }) => field === 'connection');
  return {
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(connection ? { connection: { type: 'body', message: connection.message } } : {}),
  };
}
