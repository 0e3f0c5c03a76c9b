'use client';
import { createContext, use } from 'react';
import type { ComponentType } from 'react';
import type { CertificateCheck } from '../../database/check-certificates.ts';
import type { FieldDefinition } from '../fields.ts';
import type { NameChoice } from './NamePicker.tsx';

/** What the field holds now, never a secret; `bind` makes it refer to a variable. */
export type VariableRequest = {
  current: string | null;
  literal: string | number | boolean | null;
  bind: (key: string) => void;
};

/** What the form's fields ask of whoever shows the form. */
export type FieldHost = {
  /** prefix of the ids of inputs, so that two open forms do not share them */
  formId: string;
  readOnly: boolean;
  proposedKey(field: string): string;
  /** opens the side panel for this field */
  chooseVariable(field: FieldDefinition, request: VariableRequest): void;
  /** loads the names that stand on the server for a field such as `database`; undefined: the field has none */
  namesOf: ((field: string) => (() => Promise<NameChoice[]>) | undefined) | undefined;
  /** the field went back to a fixed value */
  releaseVariable(): void;
  /** where the value of a variable comes from in each environment, under the field */
  Provenance: ComponentType<{ variable: string; optional: boolean }>;
  /** field that a failed test blames, by name */
  blamed: Record<string, string>;
  /** what the server read out of the certificates on the screen; null: nothing yet */
  certificates: CertificateCheck | null;
};

export const FieldHostContext = createContext<FieldHost | null>(null);

export function useFieldHost(): FieldHost {
  const host = use(FieldHostContext);
  if (!host) throw new Error('a field outside a form');
  return host;
}

/** Id of a field's input, for labels and for links that focus it. */
export const inputId = (formId: string, field: string): string => `${formId}-${field.replaceAll('.', '-')}`;
