'use client';
import { useState } from 'react';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { Draft, TestStage } from '#lib/http/api.ts';
import { appPath } from '../../../_data/paths.ts';

export type Remedy = { label: string; busy: boolean; act: () => void };

const MISSING: Record<string, { what: 'database' | 'schema' | 'file'; label: string }> = {
  'unknown-database': { what: 'database', label: 'Create the database' },
  'unknown-schema': { what: 'schema', label: 'Create the schema' },
  'missing-file': { what: 'file', label: 'Create the file' },
};

type Input = {
  app: string;
  element: string;
  environment: string | null;
  /** what was tested; null: the element as saved */
  draft: Draft | null;
  again: (options?: { confirmTargets?: boolean }) => void;
  /** puts a value into a field of the form; left out, the element has no such field of its own */
  onValue?: ((field: string, value: string) => void) | undefined;
};

/** What one press can do about a stage that failed. */
export function useRemedies({
  app,
  element,
  environment,
  draft,
  again,
  onValue,
}: Input): (stage: TestStage) => Remedy | null {
  const { say, fail } = useToasts();
  const [busy, setBusy] = useState(false);
  const create = async (what: string) => {
    setBusy(true);
    try {
      const body = { element, what, ...(environment ? { environment } : {}), ...(draft ? { draft } : {}) };
      const { created } = await request<{ created: string }>(`${appPath(app)}/databases/create`, { body });
      say(`${created} is created.`);
      again();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return ({ code, names }) => {
    const name = names?.[0];
    if (name !== undefined && onValue) {
      return { label: `Use ${name} as the server name`, busy, act: () => onValue('tls.serverName', name) };
    }
    if (code === 'secret-target')
      return { label: 'Let the secret go there', busy, act: () => again({ confirmTargets: true }) };
    const missing = code ? MISSING[code] : undefined;
    return missing ? { label: missing.label, busy, act: () => void create(missing.what) } : null;
  };
}
