'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import useSWR from 'swr';
import { Empty } from '#app/_components/Empty.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { DeployedModel } from '#lib/http/api.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { useDeployedModels } from '../deploy/use-deploy-data.ts';
import { RowFilters } from './RowFilters.tsx';
import { RowGrid } from './RowGrid.tsx';
import { embedsOf, PAGE, rowsQuery } from './rows-query.ts';
import { readRows, RowsFailure } from './rows-request.ts';
import type { RowsAnswer } from './rows-request.ts';
import { useModels } from './use-models.ts';

/** Rows of the model in the chosen environment, as its data API gives them. */
export function RowsTab({ fullName }: { fullName: string }) {
  const { app } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { data, error } = useDeployedModels(app, environment);
  if (error && !data) return <Alert severity="error">{messageOf(error)}</Alert>;
  if (!data) return <Skeleton variant="rounded" height={320} />;
  const deployed = data.models.find((each) => each.fullName === fullName);
  if (!deployed) return <NotDeployed fullName={fullName} />;
  return <Rows key={`${environment} ${fullName}`} deployed={deployed} all={data.models} />;
}

/** Says that an environment does not serve a model, and what to do. */
export function NotDeployed({ fullName }: { fullName: string }) {
  const { open } = useWorkbench();
  const { environment } = useWorkbenchState();
  return (
    <Empty
      title={`${fullName.split('.').at(-1)} is not deployed to ${environment}`}
      action={
        <Button variant="contained" onClick={() => open('deploy')}>
          Open deploy
        </Button>
      }
    >
      Save the model, then deploy the app to {environment}. Its rows show here once a release that has it serves.
    </Empty>
  );
}

function Rows({ deployed, all }: { deployed: DeployedModel; all: DeployedModel[] }) {
  const { app } = useWorkbench();
  const { environment } = useWorkbenchState();
  const models = useModels(app);
  const [search, setSearch] = useSearch();
  const filters = search.get('where') ?? '';
  const order = search.get('order') ?? '';
  const page = Math.max(0, Number(search.get('page') ?? 1) - 1) || 0;
  const embeds = embedsOf(deployed, all, models);
  const place = { app, environment, model: deployed.name, profile: deployed.profile };
  const query = rowsQuery(deployed, { filters, order, page, embeds });
  const { data, error, isValidating, mutate } = useSWR<RowsAnswer, unknown>(
    models === null ? null : ['rows', app, environment, deployed.fullName, query],
    () =>
      readRows(place, query).catch((failure: unknown) => {
        // the release may have other references than the source: then without what they lead to
        if (embeds.size === 0 || !(failure instanceof RowsFailure) || failure.status !== 400) throw failure;
        return readRows(place, rowsQuery(deployed, { filters, order, page, embeds: new Map() }));
      }),
    { keepPreviousData: true, revalidateOnFocus: false },
  );
  const total = data?.total ?? null;
  const from = page * PAGE + 1;
  const to = page * PAGE + (data?.rows.length ?? 0);
  const failed = error !== undefined && error !== null;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <RowFilters
          key={filters}
          fields={deployed.fields.map((field) => field.name)}
          applied={filters}
          onApply={(next) => {
            setSearch('page', '');
            setSearch('where', next);
          }}
        />
        <Button color="inherit" loading={isValidating} onClick={() => void mutate()}>
          Refresh
        </Button>
      </Box>
      {failed ? (
        <Alert severity="error" role="alert">
          <code>{error instanceof RowsFailure ? error.code : 'error'}</code>{' '}
          {error instanceof RowsFailure
            ? [error.message, error.details, error.hint].filter(Boolean).join(' ')
            : messageOf(error)}
        </Alert>
      ) : !data ? (
        <Skeleton variant="rounded" height={320} />
      ) : data.rows.length === 0 ? (
        <Empty
          title={filters ? 'No row passes the filters' : page > 0 ? 'There is no such page' : 'No rows yet'}
          {...(filters || page > 0
            ? {
                action: (
                  <Button onClick={() => (setSearch('page', ''), setSearch('where', ''))}>
                    {filters ? 'Take the filters away' : 'Go to the first page'}
                  </Button>
                ),
              }
            : {})}
        >
          {filters
            ? `${deployed.name} in ${environment} has none like that.`
            : `${deployed.table} is empty in ${environment}. The tab API shows how to put a row into it.`}
        </Empty>
      ) : (
        <RowGrid
          model={deployed.name}
          fields={deployed.fields}
          rows={data.rows}
          order={order}
          embeds={embeds}
          busy={isValidating}
          onOrder={(next) => {
            setSearch('page', '');
            setSearch('order', next);
          }}
        />
      )}
      {data && data.rows.length > 0 && !failed ? (
        <Box component="nav" aria-label="Pages" sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <Box role="status" sx={{ flex: 1, color: 'text.secondary' }}>
            {from}–{to}
            {total === null ? '' : ` of ${total.toLocaleString('en')}`} in {environment}
          </Box>
          <Button color="inherit" disabled={page === 0} onClick={() => setSearch('page', page > 1 ? String(page) : '')}>
            Previous
          </Button>
          <Button
            color="inherit"
            disabled={total === null ? data.rows.length < PAGE : to >= total}
            onClick={() => setSearch('page', String(page + 2))}
          >
            Next
          </Button>
        </Box>
      ) : null}
    </Box>
  );
}
