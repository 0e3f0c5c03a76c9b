'use client';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { request } from '#app/_components/request.ts';
import { Status } from '#app/_components/Status.tsx';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { environmentColour } from '../../_workbench/environment-colour.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

type Props = {
  environment: EnvironmentRow;
  all: EnvironmentRow[];
  index: number;
  onEdit: () => void;
  onDelete: () => void;
};

const OWN = 'development';

/** One environment: what it serves, whether it is protected, its place in the order. */
export function EnvironmentCard({ environment, all, index, onEdit, onDelete }: Props) {
  const { app, me, mayEdit, open } = useWorkbench();
  const refresh = useRefresh(app);
  const { say, fail } = useToasts();
  const [busy, setBusy] = useState(false);
  const { name } = environment;
  const owner = me.role === 'owner';
  const change = (body: { protected?: boolean; position?: number }, said: string) => {
    setBusy(true);
    void request(environmentPath(app, name), { method: 'PATCH', body })
      .then(refresh)
      .then(() => say(said), fail)
      .finally(() => setBusy(false));
  };
  const moveTo = (to: number) => change({ position: all[to]?.position ?? to }, `${name} has moved.`);
  return (
    <Box
      component="li"
      sx={{
        border: 1,
        borderColor: 'divider',
        borderLeft: `4px solid ${environmentColour(all, name)}`,
        borderRadius: '8px',
        p: 4,
        display: 'flex',
        flexWrap: 'wrap',
        gap: 3,
        alignItems: 'center',
      }}
    >
      <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
        <Box
          component="h2"
          sx={{
            m: 0,
            fontSize: 14,
            fontWeight: 620,
            display: 'flex',
            gap: 1,
            alignItems: 'center',
            overflowWrap: 'anywhere',
          }}
        >
          {name}
          {environment.protected ? <LockIcon sx={{ fontSize: 15 }} titleAccess="protected" /> : null}
        </Box>
        <Box sx={{ mt: 0.5 }}>
          <Serving environment={environment} onMissing={() => open('variables', '?filter=missing')} />
        </Box>
      </Box>
      {name === OWN ? (
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>always there, what the designer works against</Box>
      ) : (
        <Tooltip title={owner ? '' : 'Only an owner sets or clears this'}>
          <FormControlLabel
            control={
              <Switch
                checked={environment.protected}
                disabled={!owner || busy}
                onChange={(_, on) =>
                  change({ protected: on }, on ? `${name} is protected.` : `${name} is no longer protected.`)
                }
              />
            }
            label="Protected"
          />
        </Tooltip>
      )}
      {mayEdit ? (
        <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center' }}>
          <IconButton aria-label={`Move ${name} up`} disabled={index === 0 || busy} onClick={() => moveTo(index - 1)}>
            <UpIcon sx={{ fontSize: 16 }} />
          </IconButton>
          <IconButton
            aria-label={`Move ${name} down`}
            disabled={index === all.length - 1 || busy}
            onClick={() => moveTo(index + 1)}
          >
            <DownIcon sx={{ fontSize: 16 }} />
          </IconButton>
          {name === OWN ? null : (
            <>
              <Button color="inherit" aria-label={`Rename ${name}`} onClick={onEdit}>
                Rename
              </Button>
              <Button
                color="error"
                aria-label={`Delete ${name}`}
                disabled={environment.protected && !owner}
                onClick={onDelete}
              >
                Delete
              </Button>
            </>
          )}
        </Box>
      ) : null}
    </Box>
  );
}

function Serving({
  environment: { active, missing },
  onMissing,
}: {
  environment: EnvironmentRow;
  onMissing: () => void;
}) {
  if (!active) return <Status kind="off">not deployed yet</Status>;
  if (missing.length > 0) {
    return (
      <Status kind="failed">
        <span>
          unavailable until set:{' '}
          <Link component="button" type="button" onClick={onMissing}>
            {missing.join(', ')}
          </Link>
        </span>
      </Status>
    );
  }
  return (
    <Status kind="ok">
      <span>
        serves release {active.number}, deployed <Ago at={active.at} />
      </span>
    </Status>
  );
}
