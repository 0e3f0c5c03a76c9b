'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Link from '@mui/material/Link';
import OutlinedInput from '@mui/material/OutlinedInput';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import useSWR from 'swr';
import { Empty } from '#app/_components/Empty.tsx';
import { Reasons } from '#app/_components/Reasons.tsx';
import { request, RequestFailure } from '#app/_components/request.ts';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import type { Table } from '#elements/database/schema.ts';
import { CellSelect } from '#elements/model/ui/CellInput.tsx';
import { appPath } from '../../_data/paths.ts';
import { useOverview, useRefresh } from '../../_data/use-app-data.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import { useModels } from '../model/use-models.ts';
import { TableChoice } from './TableChoice.tsx';

/** Makes models from the tables that are there: pick a database, then its tables. */
export function FromTablesPage() {
  const { app } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { data: overview } = useOverview(app);
  const [search, setSearch] = useSearch();
  useEditor({ dirty: false });
  if (!overview) return <EditorSkeleton />;
  const databases = overview.elements.filter((each) => each.family === 'databases').map((each) => each.fullName);
  const wanted = search.get('database') ?? overview.defaultDatabase ?? '';
  const database = databases.includes(wanted) ? wanted : (databases[0] ?? null);
  return (
    <Box sx={{ p: { xs: 4, sm: 5 }, maxWidth: 900, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 4 }}>
      <Box>
        <Typography variant="h2" component="h1">
          From existing tables
        </Typography>
        <Typography variant="body2" color="textSecondary">
          A model for each table you choose, with its columns, keys and references. The tables stay as they are: these
          models are read and written, never altered, until you let deploys manage them.
        </Typography>
      </Box>
      {database === null ? (
        <Empty title="No database yet">Add a database to the app first; its tables are listed here.</Empty>
      ) : (
        <>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
            <Box sx={{ width: 280, maxWidth: '100%' }}>
              <CellSelect
                label="Database"
                value={database}
                options={Object.fromEntries(databases.map((each) => [each, each]))}
                onText={(next) => setSearch('database', next)}
              />
            </Box>
            <Box sx={{ color: 'text.secondary' }}>as it is in {environment}</Box>
          </Box>
          <Tables key={`${database} ${environment}`} database={database} environment={environment} />
        </>
      )}
    </Box>
  );
}

function Tables({ database, environment }: { database: string; environment: string }) {
  const { app, open, mayEdit } = useWorkbench();
  const { data: overview } = useOverview(app);
  const { say } = useToasts();
  const refresh = useRefresh(app);
  const models = useModels(app);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [find, setFind] = useState('');
  const [keepNames, setKeepNames] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [made, setMade] = useState<string[]>([]);
  const { data, error, isValidating, mutate } = useSWR<{ tables: Table[] }, unknown>(
    ['tables', app, environment, database],
    () => request<{ tables: Table[] }>(`${appPath(app)}/introspect`, { body: { database, environment } }),
    { revalidateOnFocus: false },
  );
  const modelled = new Set(
    [...(models?.values() ?? [])]
      .filter(({ body }) => (body.database ?? overview?.defaultDatabase) === database)
      .map(({ body }) => body.table),
  );
  if (error)
    return (
      <Box sx={{ display: 'grid', gap: 3 }}>
        <Alert severity="error" role="alert">
          {messageOf(error)}
          {error instanceof RequestFailure && error.reasons.length > 1 ? <Reasons reasons={error.reasons} /> : null}
        </Alert>
        <Box sx={{ display: 'flex', gap: 2 }}>
          <Button variant="outlined" loading={isValidating} onClick={() => void mutate()}>
            Ask again
          </Button>
          <Button color="inherit" onClick={() => open(database)}>
            Open {database}
          </Button>
        </Box>
      </Box>
    );
  if (!data) return <Skeleton variant="rounded" height={320} />;
  if (data.tables.length === 0)
    return (
      <Empty title="No tables there yet">
        {database} is empty in {environment}. Design a model instead: a deploy makes its table.
      </Empty>
    );
  const make = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const answer = await request<{ models: string[] }>(`${appPath(app)}/models/from-tables`, {
        body: { database, environment, tables: [...chosen], ...(keepNames ? { keepNames } : {}) },
      });
      setMade(answer.models);
      setChosen(new Set());
      await refresh();
      say(`${answer.models.length === 1 ? '1 model is' : `${answer.models.length} models are`} made.`);
    } catch (thrown) {
      setFailure(thrown);
    }
    setBusy(false);
  };
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 2, alignItems: 'center' }}>
        <OutlinedInput
          type="search"
          placeholder="Find a table or column"
          value={find}
          onChange={(event) => setFind(event.target.value)}
          slotProps={{ input: { 'aria-label': 'Find tables' } }}
          sx={{ width: 240 }}
        />
        <FormControlLabel
          control={<Switch checked={keepNames} onChange={(_, on) => setKeepNames(on)} />}
          label="Keep the names as they are"
        />
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
          {keepNames ? 'AlbumId stays AlbumId' : 'AlbumId becomes album_id; the column keeps its name'}
        </Box>
      </Box>
      <TableChoice
        tables={data.tables}
        modelled={modelled}
        find={find}
        chosen={chosen}
        readOnly={!mayEdit}
        onChoose={setChosen}
      />
      {failure ? (
        <Alert severity="error" role="alert">
          {messageOf(failure)}
          {failure instanceof RequestFailure ? <Reasons reasons={failure.reasons} /> : null}
        </Alert>
      ) : null}
      {mayEdit ? (
        <Box>
          <Button variant="contained" disabled={chosen.size === 0} loading={busy} onClick={() => void make()}>
            {chosen.size === 0 ? 'Make models' : chosen.size === 1 ? 'Make 1 model' : `Make ${chosen.size} models`}
          </Button>
        </Box>
      ) : null}
      {made.length > 0 ? (
        <Box role="status" sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
          Made:
          {made.map((fullName) => (
            <Link key={fullName} component="button" type="button" onClick={() => open(fullName)}>
              {fullName}
            </Link>
          ))}
        </Box>
      ) : null}
    </>
  );
}
