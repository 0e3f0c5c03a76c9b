'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Empty } from '#app/_components/Empty.tsx';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import type { ConnectionRow } from '#lib/http/api.ts';
import { CloneDialog } from './CloneDialog.tsx';
import { ConnectionCards } from './ConnectionCards.tsx';
import { filtered, isFiltered, queryOf } from './connection-filter.ts';
import { HostContext, TESTED_IN } from './connections-host.ts';
import type { ConnectionsHost } from './connections-host.ts';
import { ConnectionTable } from './ConnectionTable.tsx';
import { ConnectionToolbar } from './ConnectionToolbar.tsx';
import { DeleteConnectionDialog } from './DeleteConnectionDialog.tsx';
import { RowActions } from './row-actions.ts';
import type { RowDialog } from './row-actions.ts';
import { useRowTests } from './use-row-tests.ts';

type Props = {
  host: ConnectionsHost;
  /** undefined: not read yet */
  rows: ConnectionRow[] | undefined;
  error: unknown;
  search: URLSearchParams;
  onSearch: (name: string, value: string) => void;
  /** the button that makes a connection */
  add: ReactNode;
  empty: ReactNode;
};

/** Connections as cards or a table, of one app or of all. */
export function ConnectionsView({ host, rows, error, search, onSearch, add, empty }: Props) {
  const [dialog, setDialog] = useState<RowDialog | null>(null);
  const { say } = useToasts();
  const { test, running } = useRowTests(host.environment ?? TESTED_IN, host.reload);
  const query = useMemo(() => queryOf(search), [search]);
  const asked = useDeferredValue(query);
  const shown = useMemo(() => filtered(rows ?? [], asked, host.environment), [rows, asked, host.environment]);
  const actions = useMemo(
    () => ({ test: (row: ConnectionRow) => void test(row), running, dialog: setDialog }),
    [test, running],
  );
  const layout = search.get('view') === 'table' ? 'table' : 'cards';
  const showAll = () => {
    for (const name of ['find', 'type', 'state', 'unused']) onSearch(name, '');
  };
  return (
    <HostContext value={host}>
      <RowActions value={actions}>
        <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', bgcolor: 'background.paper' }}>
          <ConnectionToolbar
            all={rows ?? []}
            shown={shown.length}
            query={query}
            layout={layout}
            onSearch={onSearch}
            add={rows?.length ? add : null}
          />
          {error ? (
            <Alert severity="error" sx={{ m: 4 }}>
              {messageOf(error)}
            </Alert>
          ) : null}
          {!rows ? (
            error ? null : (
              <Waiting />
            )
          ) : rows.length === 0 ? (
            <Empty title="No connections yet" action={add}>
              {empty}
            </Empty>
          ) : shown.length === 0 && isFiltered(query) ? (
            <Empty title="No connection is like that" action={<Button onClick={showAll}>Show all</Button>}>
              None of the {rows.length} connections passes the filters.
            </Empty>
          ) : layout === 'table' ? (
            <ConnectionTable
              rows={shown}
              sort={query.sort}
              down={query.down}
              onSort={(sort) => onSearch('sort', sort === 'name' ? '' : sort)}
            />
          ) : (
            <ConnectionCards rows={shown} />
          )}
        </Box>
        {dialog?.kind === 'clone' ? <CloneDialog row={dialog.row} onClose={() => setDialog(null)} /> : null}
        {dialog?.kind === 'delete' ? (
          <DeleteConnectionDialog
            fullName={dialog.row.fullName}
            users={dialog.row.databases.map(({ fullName }) => fullName)}
            hrefOf={(fullName) => host.hrefOf(dialog.row.app, fullName)}
            onOpen={(fullName) => host.open(dialog.row.app, fullName)}
            onClose={() => setDialog(null)}
            onConfirm={async () => {
              await host.remove(dialog.row);
              say(`${dialog.row.fullName} is deleted. Its history keeps what it was.`);
            }}
          />
        ) : null}
      </RowActions>
    </HostContext>
  );
}

function Waiting() {
  return (
    <Box
      sx={{ p: 4, display: 'grid', gap: 4, gridTemplateColumns: 'repeat(auto-fill, minmax(min(340px, 100%), 1fr))' }}
    >
      {[1, 2, 3].map((each) => (
        <Skeleton key={each} variant="rounded" height={236} />
      ))}
    </Box>
  );
}
