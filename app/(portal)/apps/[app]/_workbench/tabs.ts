import { parseView } from './view.ts';
import type { View } from './view.ts';

/** An open editor. `id` stays when its element is renamed or saved for the first time, so the editor stays mounted. */
export type Tab = { id: string; view: View; search: string };

let counter = 0;

/** Adds a tab for `view` unless there is one; an address that is followed decides the tab's part of it too. */
export function opened(tabs: Tab[], view: View, search = ''): Tab[] {
  const known = tabs.find((tab) => tab.view === view);
  if (!known) return [...tabs, { id: `tab-${++counter}`, view, search }];
  return known.search === search ? tabs : tabs.map((tab) => (tab === known ? { ...tab, search } : tab));
}

/** What becomes active when `id` is closed: the right neighbour, else the left one, else nothing. */
export function neighbourOf(tabs: Tab[], id: string): Tab | undefined {
  const index = tabs.findIndex((tab) => tab.id === id);
  return tabs[index + 1] ?? tabs[index - 1];
}

/** Tabs after elements moved: `moves` is old fullName → new one. */
export function retargeted(tabs: Tab[], moves: ReadonlyMap<string, string>): Tab[] {
  return tabs.map((tab) => {
    const { fullName, draftType } = parseView(tab.view);
    const to = fullName !== null && draftType === null ? moves.get(fullName) : undefined;
    return to ? { ...tab, view: to } : tab;
  });
}
