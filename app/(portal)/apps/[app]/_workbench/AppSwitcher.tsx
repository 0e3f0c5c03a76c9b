'use client';
import AppsIcon from '@mui/icons-material/AppsOutlined';
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import useSWR from 'swr';
import type { AppRow } from '#lib/http/api.ts';
import { useOverview } from '../_data/use-app-data.ts';
import { useWorkbench } from './workbench-context.ts';

/** Which app this is, and the way to the others. They are plain links: leaving asks about unsaved changes. */
export function AppSwitcher() {
  const { app } = useWorkbench();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const overview = useOverview(app);
  const { data } = useSWR<{ apps: AppRow[] }>(anchor ? '/apps' : null);
  return (
    <>
      <Button
        color="inherit"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<ExpandMoreIcon />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minWidth: 0, px: 2, fontWeight: 620, fontSize: 14, '& .MuiButton-endIcon': { ml: 0.5 } }}
      >
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '24ch' }}>
          {overview.data?.title || app}
        </span>
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} sx={{ maxHeight: '70vh' }}>
        {(data?.apps ?? []).map((each) => (
          <MenuItem key={each.name} component="a" href={`/apps/${each.name}`} selected={each.name === app}>
            {each.title || each.name}
          </MenuItem>
        ))}
        {data ? <Divider /> : null}
        <MenuItem component="a" href="/">
          <ListItemIcon>
            <AppsIcon />
          </ListItemIcon>
          All apps
        </MenuItem>
      </Menu>
    </>
  );
}
