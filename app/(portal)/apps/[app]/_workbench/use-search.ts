'use client';
import { useCallback, useMemo } from 'react';
import { useTab, useWorkbench, useWorkbenchState } from './workbench-context.ts';

/** The tab's own part of the address: filters, sorts, a page. An empty value takes the name out. */
export function useSearch(): [URLSearchParams, (name: string, value: string) => void] {
  const { id } = useTab();
  const { setSearch } = useWorkbench();
  const { tabs } = useWorkbenchState();
  const search = tabs.find((tab) => tab.id === id)?.search ?? '';
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback(
    (name: string, value: string) => {
      if (value) parameters.set(name, value);
      else parameters.delete(name);
      setSearch(id, `?${parameters.toString()}`);
    },
    [parameters, setSearch, id],
  );
  return [parameters, set];
}
