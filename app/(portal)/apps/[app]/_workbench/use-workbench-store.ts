'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '#app/_components/use-latest.ts';
import type { Me } from '#lib/http/api.ts';
import { neighbourOf, opened, retargeted } from './tabs.ts';
import { useTabs } from './use-tabs.ts';
import { hrefOf, parseView, viewOfPath } from './view.ts';
import type { View } from './view.ts';
import type { EditorHandle, Job, WorkbenchActions, WorkbenchState } from './workbench-context.ts';

export type Guard = { tabId: string } | null;

/** State of the shell: which tabs are open, what is unsaved, what the side panel and the strip show. The address decides what is active. */
export function useWorkbenchStore(app: string, me: Me) {
  const [{ view, environment }, setPlace] = useState(() => placeOf(app));
  const [tabs, setTabs] = useTabs(app, view);
  const [dirty, setDirty] = useState<ReadonlySet<string>>(new Set());
  const [panel, setPanel] = useState<WorkbenchState['panel'] & { over: View }>({
    open: false,
    tab: 'used',
    binding: null,
    over: '',
  });
  const [jobs, setJobs] = useState<Job[]>([]);
  const [guard, setGuard] = useState<Guard>(null);
  const handles = useRef(new Map<string, EditorHandle>());

  const latest = useLatest({ tabs, view, environment, dirty });

  const go = useCallback(
    (to: View, search = '', { replace = false, environment = latest.current.environment } = {}) => {
      const href = hrefOf(app, to, environment, search);
      if (replace) window.history.replaceState(null, '', href);
      else window.history.pushState(null, '', href);
      setPlace(placeOf(app));
    },
    [app, latest],
  );

  // back and forward open the tab they name again
  useEffect(() => {
    const follow = () => {
      const place = placeOf(app);
      setPlace(place);
      if (place.view) setTabs((now) => opened(now, place.view, window.location.search));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [app, setTabs]);

  const open = useCallback<WorkbenchActions['open']>(
    (to, search, environment) => {
      const known = latest.current.tabs.find((tab) => tab.view === to);
      if (!known) setTabs((now) => (to ? opened(now, to, search) : now));
      else if (search !== undefined) {
        setTabs((now) => now.map((tab) => (tab.id === known.id ? { ...tab, search } : tab)));
      }
      go(to, search ?? known?.search ?? '', environment === undefined ? {} : { environment });
    },
    [go, latest, setTabs],
  );

  const remove = useCallback(
    (tabId: string) => {
      const { tabs: now, view: active } = latest.current;
      const closing = now.find((tab) => tab.id === tabId);
      if (!closing) return;
      const next = neighbourOf(now, tabId);
      setTabs(now.filter((tab) => tab.id !== tabId));
      setGuard(null);
      if (closing.view === active) go(next?.view ?? '', next?.search ?? '', { replace: true });
    },
    [go, latest, setTabs],
  );

  const actions = useMemo<WorkbenchActions>(
    () => ({
      app,
      me,
      mayEdit: me.role !== 'viewer',
      open,
      close: (tabId) => (latest.current.dirty.has(tabId) ? setGuard({ tabId }) : remove(tabId)),
      retarget: (moves) => {
        const active = moves.get(parseView(latest.current.view).fullName ?? '');
        setTabs((now) => retargeted(now, moves));
        if (active) go(active, window.location.search, { replace: true });
      },
      replaceView: (tabId, to) => {
        const active = latest.current.tabs.find((tab) => tab.id === tabId)?.view === latest.current.view;
        setTabs((now) => now.map((tab) => (tab.id === tabId ? { ...tab, view: to } : tab)));
        if (active) go(to, window.location.search, { replace: true });
      },
      drop: (fullName) => {
        const tab = latest.current.tabs.find((each) => each.view === fullName);
        if (tab) remove(tab.id);
      },
      setSearch: (tabId, search) => {
        const tab = latest.current.tabs.find((each) => each.id === tabId);
        setTabs((now) => now.map((each) => (each.id === tabId ? { ...each, search } : each)));
        if (tab && tab.view === latest.current.view) go(tab.view, search, { replace: true });
      },
      setEnvironment: (name) => {
        window.history.replaceState(null, '', hrefOf(app, latest.current.view, name, window.location.search));
        setPlace(placeOf(app));
      },
      lend: (tabId, handle) => {
        if (handle) handles.current.set(tabId, handle);
        else handles.current.delete(tabId);
        const isDirty = handle?.dirty ?? false;
        setDirty((now) => (now.has(tabId) === isDirty ? now : toggled(now, tabId, isDirty)));
      },
      showPanel: (tab, binding) => setPanel({ open: true, tab, binding: binding ?? null, over: latest.current.view }),
      closePanel: () => setPanel((now) => ({ ...now, open: false, binding: null })),
      reportJob: (job) => setJobs((now) => [...now.filter((each) => each.id !== job.id), job].slice(-4)),
      closeJob: (id) => setJobs((now) => now.filter((each) => each.id !== id)),
    }),
    [app, me, open, remove, go, latest, setTabs],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current.dirty.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [latest]);

  const state = useMemo<WorkbenchState>(
    // a field's panel belongs to the editor it was opened from
    () => ({ tabs, view, environment, dirty, jobs, panel: panel.over === view ? panel : { ...panel, binding: null } }),
    [tabs, view, environment, dirty, panel, jobs],
  );
  const activeHandle = useCallback(() => {
    const tab = latest.current.tabs.find((each) => each.view === latest.current.view);
    return tab ? handles.current.get(tab.id) : undefined;
  }, [latest]);
  return { actions, state, guard, setGuard, remove, activeHandle, handles };
}

function toggled(set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

/** What the address says now. It is read, not followed: a change of ours and the tabs it concerns have to be one step. */
function placeOf(app: string): { view: View; environment: string } {
  const { pathname, search } = window.location;
  return { view: viewOfPath(app, pathname), environment: new URLSearchParams(search).get('env') ?? 'development' };
}
