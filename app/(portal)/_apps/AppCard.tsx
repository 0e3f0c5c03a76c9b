'use client';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import NextLink from 'next/link';
import { Status } from '#app/_components/Status.tsx';
import type { AppRow } from '#lib/http/api.ts';

/** One app: what it holds, and what each environment serves. The whole card is the link. */
export function AppCard({ app, onDelete }: { app: AppRow; onDelete?: () => void }) {
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        p: 4,
        minHeight: 148,
        display: 'grid',
        alignContent: 'start',
        gap: 1,
        bgcolor: 'background.paper',
        border: 1,
        borderColor: 'divider',
        borderRadius: '10px',
        transition: 'border-color 120ms',
        '&:hover': { borderColor: 'primary.main' },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
            <Link
              component={NextLink}
              href={`/apps/${app.name}`}
              color="inherit"
              underline="none"
              sx={{ '&::after': { content: '""', position: 'absolute', inset: 0, borderRadius: 'inherit' } }}
            >
              {app.title || app.name}
            </Link>
          </Typography>
          <Box component="code" sx={{ color: 'text.secondary' }}>
            {app.name}
          </Box>
        </Box>
        {onDelete ? (
          <Tooltip title="Delete this app">
            <IconButton aria-label={`Delete the app ${app.name}`} onClick={onDelete} sx={{ zIndex: 1 }}>
              <DeleteIcon />
            </IconButton>
          </Tooltip>
        ) : null}
      </Box>
      <Typography variant="caption" color="textSecondary">
        {count(app.elements.databases, 'database')} · {count(app.elements.connections, 'connection')} ·{' '}
        {count(app.elements.models, 'model')}
      </Typography>
      <Box
        component="ul"
        aria-label="Environments"
        sx={{ m: 0, mt: 2, p: 0, listStyle: 'none', display: 'grid', gap: 1, fontSize: 12 }}
      >
        {app.environments.slice(0, 4).map((environment) => (
          <Box component="li" key={environment.name} sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
            <Box
              component="span"
              sx={{
                flex: 1,
                minWidth: 0,
                display: 'flex',
                gap: 1,
                alignItems: 'center',
                overflow: 'hidden',
                textOverflow: 'ellipsis',
              }}
            >
              {environment.name}
              {environment.protected ? (
                <LockIcon sx={{ fontSize: 14, color: 'text.secondary' }} titleAccess="protected" />
              ) : null}
            </Box>
            <Serving environment={environment} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function Serving({ environment }: { environment: AppRow['environments'][number] }) {
  if (environment.release === null) return <Status kind="off">not deployed</Status>;
  if (!environment.available) return <Status kind="failed">unavailable</Status>;
  return <Status kind="ok">release {environment.release}</Status>;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
