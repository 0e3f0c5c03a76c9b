'use client';
import { useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import type { Control } from 'react-hook-form';
import { request, RequestFailure } from '#app/_components/request.ts';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { slot } from '#elements/connection/ui/form-values.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { CertificateCheck } from '#elements/database/check-certificates.ts';
import { environmentPath } from '../../_data/paths.ts';
import { draftOnScreen } from './draft-on-screen.ts';

/** long enough that a word is typed to its end */
const PAUSE_MS = 500;

type Input = {
  app: string;
  environment: string;
  type: string;
  fullName: string;
  control: Control<FormValues>;
  /** those that the element has itself */
  fields: FieldDefinition[];
  /** false: this person may not ask */
  enabled: boolean;
};

/** The TLS section on the screen as the server reads it, asked again when one of its fields, or the host, changes. */
export function useCertificateCheck({ app, environment, type, fullName, control, fields, enabled }: Input) {
  const [values, secrets] = useWatch({ control, name: ['fields', 'secrets'] });
  const [found, setFound] = useState<CertificateCheck | null>(null);
  const asked = JSON.stringify(
    draftOnScreen(
      type,
      fullName,
      fields.filter(({ name, group }) => group === 'tls' || name === 'host'),
      { title: '', description: '', connection: '', fields: values, secrets },
    ),
  );
  const holds = ['tls.ca', 'tls.cert', 'tls.key'].some(
    (name) => fields.some((field) => field.name === name) && (values[slot(name)] || secrets[slot(name)]?.text),
  );
  useEffect(() => {
    if (!enabled || !holds) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      request<CertificateCheck>(`${environmentPath(app, environment)}/certificates`, {
        body: JSON.parse(asked),
        signal: controller.signal,
      }).then(setFound, (error: unknown) => {
        // a save says the same; what is not known now is not shown
        if (error instanceof RequestFailure) setFound(null);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [app, environment, enabled, holds, asked]);
  return holds ? found : null;
}
