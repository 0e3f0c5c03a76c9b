'use client';
import Button from '@mui/material/Button';
import NextLink from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import useSWR from 'swr';
import { request } from '#app/_components/request.ts';
import type { ConnectionRow, Me } from '#lib/http/api.ts';
import { Page } from '../_components/Page.tsx';
import { ConnectionsView } from '../_connections/ConnectionsView.tsx';
import type { ConnectionsHost } from '../_connections/connections-host.ts';
import { elementPath } from '../apps/[app]/_data/paths.ts';
import { hrefOf } from '../apps/[app]/_workbench/view.ts';

/** The connections of all apps that one may read. */
export function AllConnections({ me }: { me: Me }) {
  const { data, error, mutate } = useSWR<{ connections: ConnectionRow[] }>('/connections', { keepPreviousData: true });
  const parameters = useSearchParams();
  const search = useMemo(() => new URLSearchParams(parameters), [parameters]);
  const host = useMemo<ConnectionsHost>(() => {
    const href = (app: string, view: string, query = '') => hrefOf(app, view, 'development', query);
    // the workbench reads its view from the address when it begins, so the address comes first
    const open = (app: string, view: string, query?: string) => location.assign(href(app, view, query));
    return {
      environment: null,
      mayEdit: me.role !== 'viewer',
      showApp: true,
      hrefOf: href,
      open,
      addDatabase: ({ app, fullName }) => open(app, 'connections', `?add=${fullName}`),
      clone: async ({ app, fullName }, to) => {
        await request(`${elementPath(app, fullName)}/duplicate`, { body: { to } });
        open(app, to);
      },
      remove: async ({ app, fullName, revision }) => {
        await request(`${elementPath(app, fullName)}?revision=${revision}`, { method: 'DELETE' });
        await mutate();
      },
      reload: () => mutate(),
    };
  }, [me.role, mutate]);
  return (
    <Page me={me} fill>
      <ConnectionsView
        host={host}
        rows={data?.connections}
        error={error}
        search={search}
        onSearch={(name, value) => {
          // what was set just before stands in the address already
          const next = new URLSearchParams(window.location.search);
          if (value) next.set(name, value);
          else next.delete(name);
          const query = next.toString();
          window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
        }}
        add={data?.connections.length === 0 ? <ToApps /> : null}
        empty="A connection is a server that several databases of an app share: host, login, TLS and pool settings. It is made in its app; here one sees those of all apps."
      />
    </Page>
  );
}

function ToApps() {
  return (
    <Button variant="contained" component={NextLink} href="/">
      Choose an app
    </Button>
  );
}
