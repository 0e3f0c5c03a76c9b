'use client';
import ShareIcon from '@mui/icons-material/AccountTreeOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Collapse from '@mui/material/Collapse';
import Link from '@mui/material/Link';
import { useId, useState } from 'react';
import type { ConnectionReach, Draft } from '#lib/http/api.ts';
import { useReach } from '../../../_data/use-app-data.ts';
import { useWorkbench } from '../../../_workbench/workbench-context.ts';
import { RetestGrid } from './RetestGrid.tsx';
import { useRetest } from './use-retest.ts';

type Props = {
  fullName: string;
  changed: boolean;
  /** what is on the screen */
  draft: () => Draft;
};

/** What a change of this connection reaches, and whether all of it would still work. */
export function ReachStrip({ fullName, changed, draft }: Props) {
  const { app, mayEdit } = useWorkbench();
  const { data } = useReach(app, fullName);
  const retest = useRetest(app, fullName);
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!data) return <Box sx={{ height: 50, mb: 4 }} />;
  const run = (options?: { confirmTargets: boolean }) => void retest.run(changed ? draft() : null, options);
  return (
    <Box
      component="section"
      aria-label="Reach of this connection"
      sx={{ mb: 4, border: 1, borderColor: 'divider', borderRadius: '8px', bgcolor: 'surface.canvas' }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, px: 3, py: 2 }}>
        <ShareIcon aria-hidden sx={{ fontSize: 17, color: 'text.secondary' }} />
        <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>{summary(data)}</Box>
        {data.databases.length > 0 ? (
          <Button color="inherit" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {open ? 'Hide what it reaches' : 'Show what it reaches'}
          </Button>
        ) : null}
        {!mayEdit || data.databases.length === 0 ? null : retest.running ? (
          <Button color="inherit" variant="outlined" onClick={retest.cancel}>
            Cancel
          </Button>
        ) : (
          <Button color="inherit" variant="outlined" onClick={() => run()}>
            {changed ? 'Test all with these settings' : 'Test all'}
          </Button>
        )}
      </Box>
      <Collapse in={open} id={id}>
        <Reached data={data} />
      </Collapse>
      {retest.failure ? (
        <Alert severity="warning" role="alert" sx={{ mx: 3, mb: 2 }}>
          {retest.failure}
        </Alert>
      ) : null}
      {retest.tests.length > 0 ? (
        <Box sx={{ borderTop: 1, borderColor: 'divider', p: 3 }}>
          <RetestGrid retest={retest} onConfirm={() => run({ confirmTargets: true })} />
        </Box>
      ) : null}
    </Box>
  );
}

function summary({ databases, environments }: ConnectionReach): string {
  if (databases.length === 0) return 'No database uses it yet.';
  const models = databases.reduce((sum, each) => sum + each.models.length, 0);
  const serving = environments.filter(({ serves }) => serves !== null).map(({ name }) => name);
  const served = serving.length > 0 ? `served by ${serving.join(', ')}` : 'not deployed anywhere';
  const both = models > 0 ? ` and ${counted(models, 'model')}` : '';
  return `A change reaches ${counted(databases.length, 'database')}${both}, ${served}.`;
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function Reached({ data }: { data: ConnectionReach }) {
  const { open } = useWorkbench();
  return (
    <Box
      sx={{
        borderTop: 1,
        borderColor: 'divider',
        p: 3,
        display: 'grid',
        gap: 4,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
        '& ul': { m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 },
        '& h2': { m: 0, mb: 1, fontSize: 12, fontWeight: 550, color: 'text.secondary' },
      }}
    >
      <div>
        <h2>Databases</h2>
        <ul>
          {data.databases.map(({ fullName, models }) => (
            <li key={fullName}>
              <Link component="button" type="button" onClick={() => open(fullName)} sx={{ overflowWrap: 'anywhere' }}>
                {fullName}
              </Link>
              <Box
                component="span"
                title={models.join(', ')}
                sx={{ color: 'text.secondary', fontSize: 12, whiteSpace: 'nowrap' }}
              >
                {' '}
                {models.length > 0 ? counted(models.length, 'model') : ''}
              </Box>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2>Environments</h2>
        <ul>
          {data.environments.map(({ name, serves, mayTest }) => (
            <li key={name}>
              {name}
              <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
                {serves
                  ? `serves release ${serves.number} with ${counted(serves.databases.length, 'database')} on it, whose settings stay until the next deploy`
                  : 'serves nothing that uses it'}
                {mayTest ? '' : '; you may not test there'}
              </Box>
            </li>
          ))}
        </ul>
      </div>
    </Box>
  );
}
