'use client';
import { useCallback } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import type { AppOverview, ConnectionReach, ConnectionRow, ElementDetail, VariableMatrix } from '#lib/http/api.ts';
import { appPath, connectionPath, connectionsPath, elementPath, variablesPath } from './paths.ts';

/** Tree, environments and keys of variables; asked again when the window gets the focus. */
export function useOverview(app: string) {
  return useSWR<AppOverview>(appPath(app), { keepPreviousData: true });
}

/** One element as saved; null asks nothing. `follow` keeps what is shown while a renamed element is asked under its new name. */
export function useElement(app: string, fullName: string | null, { follow = false } = {}) {
  return useSWR<ElementDetail>(fullName === null ? null : elementPath(app, fullName), {
    keepPreviousData: follow,
    // a form is filled from it: what changed meanwhile is told on save, not under the hands
    revalidateOnFocus: false,
  });
}

export function useConnections(app: string) {
  return useSWR<{ connections: ConnectionRow[] }>(connectionsPath(app), { keepPreviousData: true });
}

/** What a change of a saved connection touches; null asks nothing. */
export function useReach(app: string, fullName: string | null) {
  return useSWR<ConnectionReach>(fullName === null ? null : `${connectionPath(app, fullName)}/reach`);
}

export function useVariables(app: string) {
  return useSWR<VariableMatrix>(variablesPath(app), { keepPreviousData: true });
}

/** Asks everything about the app again, after a change that may show in several places. */
export function useRefresh(app: string): () => Promise<void> {
  const { mutate } = useSWRConfig();
  return useCallback(async () => {
    const prefix = appPath(app);
    await mutate((key) => typeof key === 'string' && (key === prefix || key.startsWith(`${prefix}/`)));
  }, [app, mutate]);
}
