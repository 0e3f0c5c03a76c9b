'use client';
import CheckIcon from '@mui/icons-material/Check';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useOverview } from '../_data/use-app-data.ts';
import { environmentColour } from './environment-colour.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

/** Against which environment tests, plans and rows run. Its colour is the frame's. */
export function EnvironmentChooser() {
  const { app, setEnvironment, open } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { data } = useOverview(app);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const all = data?.environments ?? [{ name: environment, protected: false }];
  const chosen = all.find((each) => each.name === environment);
  return (
    <>
      <Button
        color="inherit"
        aria-label={`Environment: ${environment}${chosen?.protected ? ', protected' : ''}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minWidth: 0, px: 2, gap: 1.5, border: '1px solid', borderColor: 'var(--env)', color: 'var(--env)' }}
      >
        <Swatch striped={chosen?.protected ?? false} />
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '16ch' }}>{environment}</span>
        {chosen?.protected ? <LockIcon sx={{ fontSize: 15 }} /> : null}
        <ExpandMoreIcon sx={{ fontSize: 17, mx: -0.5 }} />
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {all.map((each) => (
          <MenuItem
            key={each.name}
            role="menuitemradio"
            aria-checked={each.name === environment}
            onClick={() => {
              setEnvironment(each.name);
              setAnchor(null);
            }}
          >
            <Box component="span" sx={{ '--env': environmentColour(all, each.name), display: 'flex' }}>
              <Swatch striped={each.protected} />
            </Box>
            <span style={{ flex: 1 }}>{each.name}</span>
            {each.protected ? <LockIcon sx={{ fontSize: 15 }} titleAccess="protected" /> : null}
            {each.name === environment ? <CheckIcon /> : null}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem
          onClick={() => {
            open('environments');
            setAnchor(null);
          }}
        >
          Manage environments
        </MenuItem>
      </Menu>
    </>
  );
}

function Swatch({ striped }: { striped: boolean }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        width: 10,
        height: 10,
        borderRadius: '3px',
        flex: 'none',
        background: striped ? 'repeating-linear-gradient(135deg, var(--env) 0 3px, transparent 3px 5px)' : 'var(--env)',
        border: '1px solid var(--env)',
      }}
    />
  );
}
