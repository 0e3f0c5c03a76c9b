'use client';
import { useMemo } from 'react';
import useSWR from 'swr';
import { modelSchema } from '#elements/model/model.ts';
import type { NamedModel } from '#elements/model/model.ts';
import type { SourceBundle } from '#lib/http/api.ts';
import { appPath } from '../../_data/paths.ts';

/** The app's files as a pull would write them. */
export function useSource(app: string) {
  return useSWR<SourceBundle>(`${appPath(app)}/source`, { revalidateOnFocus: false });
}

/** All models of the app as saved, by fullName; null while they are not known. */
export function useModels(app: string): ReadonlyMap<string, NamedModel> | null {
  const { data } = useSource(app);
  return useMemo(() => (data ? modelsOf(data.files) : null), [data]);
}

function modelsOf(files: Record<string, string>): ReadonlyMap<string, NamedModel> {
  const models = new Map<string, NamedModel>();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/');
    const file = parts.pop();
    if (parts[0] !== 'models' || file !== `${parts.at(-1)}.json`) continue;
    const parsed = modelSchema.safeParse(JSON.parse(text));
    const fullName = parts.join('.');
    if (parsed.success) models.set(fullName, { id: fullName, fullName, body: parsed.data });
  }
  return models;
}
