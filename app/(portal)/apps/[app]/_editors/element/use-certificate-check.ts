'use client';
import { useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import type { Control } from 'react-hook-form';
import { request, RequestFailure } from '#app/_components/request.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { CertificateCheck } from '#elements/database/check-certificates.ts';
import type { Draft } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';

/** long enough that a word is typed to its end */
const PAUSE_MS = 500;

type Input = {
  app: string;
  environment: string;
  control: Control<FormValues>;
  /** false: this person may not ask, or there is no TLS section */
  enabled: boolean;
  draft: () => Draft;
};

/** The TLS section on the screen as the server reads it, asked again when one of its fields, or the host, changes. */
export function useCertificateCheck({ app, environment, control, enabled, draft }: Input): CertificateCheck | null {
  const fields = useWatch({ control, name: 'fields' });
  const secrets = useWatch({ control, name: 'secrets' });
  const [found, setFound] = useState<CertificateCheck | null>(null);
  const section = JSON.stringify([
    Object.entries(fields).filter(([name]) => name.startsWith('tls/') || name === 'host'),
    Object.entries(secrets).filter(([name]) => name.startsWith('tls/')),
  ]);
  const holds = ['tls/ca', 'tls/cert', 'tls/key'].some((name) => fields[name] || secrets[name]?.text);
  useEffect(() => {
    if (!enabled || !holds) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const { body, secrets: typed, type } = draft();
      request<CertificateCheck>(`${environmentPath(app, environment)}/certificates`, {
        body: { type, body, ...(typed ? { secrets: typed } : {}) },
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
  }, [app, environment, enabled, holds, section, draft]);
  return holds ? found : null;
}
