'use client';
import AddIcon from '@mui/icons-material/Add';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import useSWR from 'swr';
import { Empty } from '#app/_components/Empty.tsx';
import { messageOf } from '#app/_components/Toasts.tsx';
import type { AppRow, Me } from '#lib/http/api.ts';
import { Page } from '../_components/Page.tsx';
import { AppCard } from './AppCard.tsx';
import { DeleteAppDialog } from './DeleteAppDialog.tsx';
import { NewAppDialog } from './NewAppDialog.tsx';

export function AppList({ me }: { me: Me }) {
  const { data, error, mutate } = useSWR<{ apps: AppRow[] }>('/apps');
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<AppRow | null>(null);
  const mayMake = me.role !== 'viewer';
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} onClick={() => setMaking(true)}>
      New app
    </Button>
  );
  return (
    <Page me={me}>
      <Box sx={{ display: 'flex', alignItems: 'center', mb: 5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          Apps
        </Typography>
        {mayMake && data?.apps.length ? add : null}
      </Box>
      {error ? <Alert severity="error">{messageOf(error)}</Alert> : null}
      {data?.apps.length === 0 ? (
        <Box sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', bgcolor: 'background.paper' }}>
          <Empty title="No apps yet" action={mayMake ? add : null}>
            An app holds connections, databases and models, the variables they need, and the environments it is deployed
            to.
            {mayMake ? ' Make one to begin.' : ' A developer or an owner can make one.'}
          </Empty>
        </Box>
      ) : (
        <Box
          component="ul"
          sx={{
            m: 0,
            p: 0,
            listStyle: 'none',
            display: 'grid',
            gap: 4,
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(320px, 100%), 1fr))',
          }}
        >
          {data?.apps.map((app) => (
            <AppCard key={app.name} app={app} {...(me.role === 'owner' ? { onDelete: () => setDeleting(app) } : {})} />
          ))}
          {!data && !error
            ? [1, 2, 3].map((each) => <Skeleton key={each} component="li" variant="rounded" height={148} />)
            : null}
        </Box>
      )}
      {making ? <NewAppDialog onClose={() => setMaking(false)} /> : null}
      {deleting ? (
        <DeleteAppDialog app={deleting} onClose={() => setDeleting(null)} onDeleted={() => void mutate()} />
      ) : null}
    </Page>
  );
}
