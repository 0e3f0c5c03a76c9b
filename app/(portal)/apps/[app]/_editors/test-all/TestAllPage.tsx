'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Empty } from '#app/_components/Empty.tsx';
import { useOverview } from '../../_data/use-app-data.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorBar } from '../EditorBar.tsx';
import { EditorUnread } from '../EditorUnread.tsx';
import { cellOf, failedOf, testableOf } from './test-grid.ts';
import { TestGrid } from './TestGrid.tsx';
import { useTestAll } from './use-test-all.ts';

/** Every connection and database in every environment: one look answers "does all of it work?" */
export function TestAllPage() {
  const { app, mayEdit, open } = useWorkbench();
  const { data, error } = useOverview(app);
  const [search, setSearch] = useSearch();
  const { run, cancel, now, progress, failure } = useTestAll(app);
  const { running, done, total } = progress;
  useEditor({ dirty: false, ...(mayEdit ? { test: () => void run() } : {}) });
  if (!data) return <EditorUnread error={error} />;

  const rows = testableOf(data);
  const bad = rows.filter((row) => data.environments.some(({ name }) => cellOf(row, name, now).state === 'failed'));
  const onlyBad = search.get('show') === 'failed';
  const shown = onlyBad ? bad : rows;
  const failed = failedOf(now);
  const strange = failedOf(now, 'secret-target');
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', bgcolor: 'background.paper' }}>
      <EditorBar>
        <Typography variant="h2" component="h1" sx={{ mr: 2 }}>
          Test all
        </Typography>
        <Box role="status" sx={{ flex: '1 1 140px', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
          {running
            ? `Testing: ${done} of ${total}`
            : total > 0
              ? `${done} of ${total} tested, ${failed.length} failed`
              : ''}
        </Box>
        {bad.length > 0 || onlyBad ? (
          <Chip
            clickable
            component="button"
            aria-pressed={onlyBad}
            label={`failed ${bad.length}`}
            color={onlyBad ? 'primary' : 'error'}
            variant={onlyBad ? 'filled' : 'outlined'}
            onClick={() => setSearch('show', onlyBad ? '' : 'failed')}
          />
        ) : null}
        {!mayEdit || rows.length === 0 ? null : running ? (
          <Button variant="outlined" color="inherit" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <>
            {failed.length > 0 ? (
              <Button variant="outlined" color="inherit" onClick={() => void run({ only: failed })}>
                Only failed again
              </Button>
            ) : null}
            <Button variant="contained" onClick={() => void run()}>
              {total > 0 ? 'Test again' : 'Test all'}
            </Button>
          </>
        )}
      </EditorBar>
      <Box sx={{ height: 4, flex: 'none' }}>
        {running ? (
          <LinearProgress
            aria-label="Progress of the tests"
            variant={total > 0 ? 'determinate' : 'indeterminate'}
            {...(total > 0 ? { value: (100 * done) / total } : {})}
          />
        ) : null}
      </Box>
      {failure ? (
        <Alert severity="warning" role="alert" sx={{ m: 3, flex: 'none' }}>
          {failure}
        </Alert>
      ) : null}
      {strange.length > 0 && !running && mayEdit ? (
        <Alert
          severity="info"
          sx={{ m: 3, flex: 'none' }}
          action={
            <Button color="inherit" onClick={() => void run({ only: strange, confirmTargets: true })}>
              Let them go there, and test again
            </Button>
          }
        >
          Secrets of {strange.length} {strange.length === 1 ? 'test' : 'tests'} have not been where they would go now.
        </Alert>
      ) : null}
      {rows.length === 0 ? (
        <Empty
          title="Nothing to test yet"
          action={mayEdit ? <Button onClick={() => open('connections')}>Show connections</Button> : null}
        >
          Here every connection and database is tested in every environment at once. Add the first one beside the tree.
        </Empty>
      ) : shown.length === 0 ? (
        <Empty title="Nothing fails" action={<Button onClick={() => setSearch('show', '')}>Show all</Button>}>
          None of the {rows.length} connections and databases failed its last test.
        </Empty>
      ) : (
        <TestGrid rows={shown} environments={data.environments} run={now} />
      )}
    </Box>
  );
}
