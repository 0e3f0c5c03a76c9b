'use client';
import AddIcon from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { ConnectionsView } from '../../../../_connections/ConnectionsView.tsx';
import type { ConnectionsHost } from '../../../../_connections/connections-host.ts';
import { useConnections, useOverview, useRefresh } from '../../_data/use-app-data.ts';
import { AddElementDialog } from '../../_workbench/on-demand.tsx';
import { treeOf } from '../../_workbench/tree-nodes.ts';
import { useElementActions } from '../../_workbench/use-element-actions.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { hrefOf } from '../../_workbench/view.ts';
import { useEditor, useTab, useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';

/** The app's connections: where each leads, what uses it, whether it works. */
export function ConnectionsPage() {
  const { app, mayEdit, open } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { active } = useTab();
  const [search, setSearch] = useSearch();
  const { data: overview } = useOverview(app);
  const { data, error } = useConnections(app);
  const actions = useElementActions(app);
  const reload = useRefresh(app);
  /** full name of the connection that a database is added on; 'new': a connection. The page over all apps asks in the address. */
  const [adding, setAdding] = useState<string | null>(mayEdit ? search.get('add') : null);
  useEditor({ dirty: false });

  // a reload does not ask again
  const asked = search.has('add') && active;
  const forget = useEffectEvent(() => setSearch('add', ''));
  useEffect(() => {
    if (asked) forget();
  }, [asked]);

  const host = useMemo<ConnectionsHost>(
    () => ({
      environment,
      mayEdit,
      showApp: false,
      hrefOf: (_app, view, query) => hrefOf(app, view, environment, query),
      open: (_app, view, query) => open(view, query),
      addDatabase: ({ fullName }) => setAdding(fullName),
      clone: ({ fullName }, to) => actions.duplicate(fullName, to),
      remove: ({ fullName, revision }) => actions.remove(fullName, revision),
      reload,
    }),
    [app, environment, mayEdit, open, actions, reload],
  );
  const elements = overview?.elements ?? [];
  const connection = elements.find(({ fullName }) => fullName === adding);
  return (
    <>
      <ConnectionsView
        host={host}
        rows={data?.connections}
        error={error}
        search={search}
        onSearch={setSearch}
        add={
          mayEdit ? (
            <>
              {data?.connections.length ? (
                <Button variant="outlined" color="inherit" onClick={() => open('test-all')}>
                  Test all
                </Button>
              ) : null}
              <Button variant="contained" startIcon={<AddIcon />} onClick={() => setAdding('new')}>
                Add a connection
              </Button>
            </>
          ) : null
        }
        empty="A connection is a server that several databases share: host, login, TLS and pool settings. A change of it reaches all of them, and is tried on each before it is saved."
      />
      {adding === 'new' || connection ? (
        <AddElementDialog
          at={treeOf([]).find(({ family }) => family === 'connections') ?? null}
          elements={elements}
          onClose={() => setAdding(null)}
          {...(connection ? { on: connection } : {})}
        />
      ) : null}
    </>
  );
}
