'use client';
import AddIcon from '@mui/icons-material/Add';
import LockIcon from '@mui/icons-material/LockOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { Status } from '#app/_components/Status.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { AppOverview } from '#lib/http/api.ts';
import { useOverview } from '../_data/use-app-data.ts';
import { AddElementDialog } from './on-demand.tsx';
import { environmentColour } from './environment-colour.ts';
import { useWorkbench } from './workbench-context.ts';

/** What one sees before anything is open: the environments, and the next step. */
export function Start() {
  const { app, mayEdit } = useWorkbench();
  const { data, error } = useOverview(app);
  const [adding, setAdding] = useState(false);
  return (
    <Box sx={{ overflow: 'auto', p: { xs: 5, sm: 10 }, width: '100%', maxWidth: 900, mx: 'auto' }}>
      <Typography variant="h1">{data?.title || app}</Typography>
      {error ? (
        <Alert severity="error" sx={{ mt: 4 }}>
          {messageOf(error)} <Link href="/">Show all apps</Link>
        </Alert>
      ) : null}
      {data ? (
        <Steps data={data} {...(mayEdit ? { onAdd: () => setAdding(true) } : {})} />
      ) : error ? null : (
        <Skeleton variant="rounded" height={120} sx={{ mt: 5 }} />
      )}
      {data ? <Environments data={data} /> : null}
      {adding ? <AddElementDialog at={null} elements={data?.elements ?? []} onClose={() => setAdding(false)} /> : null}
    </Box>
  );
}

function Steps({ data, onAdd }: { data: AppOverview; onAdd?: () => void }) {
  const { open } = useWorkbench();
  const has = (family: string) => data.elements.some((element) => element.family === family);
  const [title, text] = !has('databases')
    ? [
        'Begin with a database',
        'A database is an element of the app. SQLite needs nothing installed; PostgreSQL and MySQL ask for a server.',
      ]
    : !has('models')
      ? [
          'Now the tables',
          'Make models from the tables that are there, or design new ones. Each is bound to one of the databases.',
        ]
      : [
          'Deploy when it is ready',
          'A deploy checks variables, databases and schema first, and names everything that is missing.',
        ];
  return (
    <Box sx={{ mt: 4, p: 5, border: 1, borderColor: 'divider', borderRadius: '10px', bgcolor: 'surface.canvas' }}>
      <Typography variant="h2">{title}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {text}
      </Typography>
      <Box sx={{ mt: 4, display: 'flex', gap: 2, flexWrap: 'wrap' }}>
        {onAdd ? (
          <Button
            variant={has('models') ? 'outlined' : 'contained'}
            color={has('models') ? 'inherit' : 'primary'}
            startIcon={<AddIcon />}
            onClick={onAdd}
          >
            Add an element
          </Button>
        ) : null}
        {has('models') ? (
          <Button variant="contained" onClick={() => open('deploy')}>
            Open deploy
          </Button>
        ) : null}
        <Button variant="outlined" color="inherit" onClick={() => open('variables')}>
          See variables
        </Button>
      </Box>
    </Box>
  );
}

function Environments({ data }: { data: AppOverview }) {
  const { setEnvironment, open } = useWorkbench();
  return (
    <>
      <Typography variant="h2" sx={{ mt: 8, mb: 2 }}>
        Environments
      </Typography>
      <Box
        component="ul"
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          border: 1,
          borderColor: 'divider',
          borderRadius: '10px',
          overflow: 'hidden',
        }}
      >
        {data.environments.map((environment) => (
          <Box
            component="li"
            key={environment.name}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              gap: 3,
              px: 4,
              py: 2.5,
              borderLeft: `4px solid ${environmentColour(data.environments, environment.name)}`,
              '&:not(:first-of-type)': { borderTop: '1px solid var(--mui-palette-divider)' },
            }}
          >
            <Box sx={{ flex: 1, minWidth: 120, fontWeight: 550, display: 'flex', gap: 1, alignItems: 'center' }}>
              {environment.name}
              {environment.protected ? <LockIcon sx={{ fontSize: 15 }} titleAccess="protected" /> : null}
            </Box>
            <Box sx={{ color: 'text.secondary' }}>
              {environment.active === null ? (
                <Status kind="off">not deployed</Status>
              ) : environment.missing.length > 0 ? (
                <Status kind="failed">unavailable: {environment.missing.join(', ')} missing</Status>
              ) : (
                <Status kind="ok">
                  release {environment.active.number}, deployed&nbsp;
                  <Ago at={environment.active.at} />
                </Status>
              )}
            </Box>
            <Button
              color="inherit"
              onClick={() => {
                setEnvironment(environment.name);
                open('deploy');
              }}
            >
              Deploy
            </Button>
          </Box>
        ))}
      </Box>
    </>
  );
}
