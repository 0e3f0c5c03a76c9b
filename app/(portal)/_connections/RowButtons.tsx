'use client';
import AddIcon from '@mui/icons-material/Add';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import TestIcon from '@mui/icons-material/ElectricalServicesOutlined';
import MoreIcon from '@mui/icons-material/MoreHoriz';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import type { SvgIconComponent } from '@mui/icons-material';
import { use, useState } from 'react';
import type { ConnectionRow } from '#lib/http/api.ts';
import { TESTED_IN, useConnectionsHost } from './connections-host.ts';
import { RowActions, rowKey } from './row-actions.ts';

/** *Test* in reach, the rest in a menu. */
export function RowButtons({ row }: { row: ConnectionRow }) {
  const { mayEdit, environment, open, addDatabase } = useConnectionsHost();
  const { test, running, dialog } = use(RowActions);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const name = row.fullName;
  const item = (label: string, Icon: SvgIconComponent, act: () => void) => (
    <MenuItem
      key={label}
      onClick={() => {
        setAnchor(null);
        act();
      }}
    >
      <ListItemIcon>
        <Icon />
      </ListItemIcon>
      {label}
    </MenuItem>
  );
  if (!mayEdit) return null;
  return (
    <Box sx={{ display: 'flex', flex: 'none', gap: '2px' }}>
      <Tooltip title={`Test in ${environment ?? TESTED_IN}`}>
        <span>
          <IconButton aria-label={`Test ${name}`} disabled={running.has(rowKey(row))} onClick={() => test(row)}>
            <TestIcon sx={{ fontSize: 17 }} />
          </IconButton>
        </span>
      </Tooltip>
      <IconButton
        aria-label={`Actions for ${name}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon sx={{ fontSize: 17 }} />
      </IconButton>
      {anchor ? (
        <Menu open anchorEl={anchor} onClose={() => setAnchor(null)}>
          {item('Edit', EditIcon, () => open(row.app, name))}
          {item('Add a database on it', AddIcon, () => addDatabase(row))}
          {item('Clone', CopyIcon, () => dialog({ kind: 'clone', row }))}
          <Divider />
          {item('Delete', DeleteIcon, () => dialog({ kind: 'delete', row }))}
        </Menu>
      ) : null}
    </Box>
  );
}
