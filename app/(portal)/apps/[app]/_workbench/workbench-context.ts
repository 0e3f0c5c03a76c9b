'use client';
import { createContext, use, useEffect } from 'react';
import { useLatest } from '#app/_components/use-latest.ts';
import type { Me } from '#lib/http/api.ts';
import type { BindingRequest } from './binding.ts';
import type { Tab } from './tabs.ts';
import type { View } from './view.ts';

/** What an editor lends to the shell while it is mounted. */
export type EditorHandle = {
  dirty: boolean;
  /** Ctrl S and the guard's *Save*; false: it could not, and said why */
  save?: () => Promise<boolean>;
  /** Ctrl Enter */
  test?: () => void;
};

/** Long work, shown in the strip at the bottom until it is closed. */
export type Job = {
  id: string;
  label: string;
  state: 'running' | 'ok' | 'warning' | 'failed';
  detail: string;
  /** opened by a click */
  view?: View;
  cancel?: () => void;
};

export type PanelTab = 'variable' | 'used' | 'history';

/** Does not change while the workbench is open. */
export type WorkbenchActions = {
  app: string;
  me: Me;
  mayEdit: boolean;
  /** shows a view in its tab; `search` is a query such as `?filter=missing`; another environment is chosen with it */
  open(view: View, search?: string, environment?: string): void;
  /** asks first when the tab has unsaved changes */
  close(tabId: string): void;
  /** after a save under a new name, a rename or a move: old fullName or view → new one */
  retarget(moves: ReadonlyMap<string, string>): void;
  replaceView(tabId: string, view: View): void;
  /** after a delete: closes without asking */
  drop(fullName: string): void;
  setSearch(tabId: string, search: string): void;
  setEnvironment(name: string): void;
  lend(tabId: string, handle: EditorHandle | null): void;
  showPanel(tab: PanelTab, binding?: BindingRequest): void;
  closePanel(): void;
  reportJob(job: Job): void;
  closeJob(id: string): void;
};

export type WorkbenchState = {
  tabs: Tab[];
  /** '' shows the app's start page */
  view: View;
  environment: string;
  /** ids of tabs with unsaved changes */
  dirty: ReadonlySet<string>;
  panel: { open: boolean; tab: PanelTab; binding: BindingRequest | null };
  jobs: Job[];
};

export const ActionsContext = createContext<WorkbenchActions | null>(null);
export const StateContext = createContext<WorkbenchState | null>(null);
/** The tab an editor stands in. */
export const TabContext = createContext<{ id: string; active: boolean } | null>(null);

export function useWorkbench(): WorkbenchActions {
  return needed(use(ActionsContext));
}

export function useWorkbenchState(): WorkbenchState {
  return needed(use(StateContext));
}

export function useTab(): { id: string; active: boolean } {
  return needed(use(TabContext));
}

/** Called by each editor: tells the shell about unsaved changes, and how to save and test. */
export function useEditor(handle: EditorHandle): void {
  const { lend } = useWorkbench();
  const { id } = useTab();
  const latest = useLatest(handle);
  const { dirty } = handle;
  const saves = handle.save !== undefined;
  const tests = handle.test !== undefined;
  useEffect(() => {
    lend(id, {
      dirty,
      ...(saves ? { save: () => latest.current.save?.() ?? Promise.resolve(true) } : {}),
      ...(tests ? { test: () => latest.current.test?.() } : {}),
    });
  }, [lend, id, dirty, saves, tests, latest]);
  useEffect(() => () => lend(id, null), [lend, id]);
}

function needed<T>(value: T | null): T {
  if (value === null) throw new Error('used outside the workbench');
  return value;
}
