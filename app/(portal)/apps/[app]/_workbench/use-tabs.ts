'use client';
import { useEffect, useState } from 'react';
import type { Dispatch, SetStateAction } from 'react';
import { opened } from './tabs.ts';
import type { Tab } from './tabs.ts';
import { parseView } from './view.ts';
import type { View } from './view.ts';

/** The open tabs, kept over a reload of this browser tab. A draft is not: what was typed into it is gone. */
export function useTabs(app: string, view: View): [Tab[], Dispatch<SetStateAction<Tab[]>>] {
  const name = `mooring.tabs.${app}`;
  const [tabs, setTabs] = useState<Tab[]>(() => {
    const kept = read(name).reduce<Tab[]>((now, tab) => opened(now, tab.view, tab.search), []);
    return view ? opened(kept, view, window.location.search) : kept;
  });
  useEffect(() => {
    const kept = tabs.filter((tab) => parseView(tab.view).draftType === null);
    sessionStorage.setItem(name, JSON.stringify(kept.map(({ view: each, search }) => ({ view: each, search }))));
  }, [name, tabs]);
  return [tabs, setTabs];
}

function read(name: string): { view: View; search: string }[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((each) => typeof each?.view === 'string' && typeof each?.search === 'string')
      : [];
  } catch {
    return [];
  }
}
