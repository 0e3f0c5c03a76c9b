'use client';
import { useState } from 'react';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { Draft } from '#lib/http/api.ts';
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
};

/** What one press can do about a stage that failed, by its code. */
export function useRemedies({
  app,
  element,
  environment,
  draft,
  again,
}: Input): (code: string | undefined) => Remedy | null {
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
  return (code) => {
    if (code === 'secret-target')
      return { label: 'Let the secret go there', busy, act: () => again({ confirmTargets: true }) };
    const missing = code ? MISSING[code] : undefined;
    return missing ? { label: missing.label, busy, act: () => void create(missing.what) } : null;
  };
}
