'use client';
import LogoutIcon from '@mui/icons-material/Logout';
import PeopleIcon from '@mui/icons-material/PeopleOutlined';
import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { Me } from '#lib/http/api.ts';
import { signOut } from './session-client.ts';

/** Who is signed in, and the way out. */
export function UserMenu({ me }: { me: Me }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { fail } = useToasts();
  const leave = () => signOut().then(() => location.assign('/sign-in'), fail);
  return (
    <>
      <Tooltip title={`${me.email}, ${me.role}`}>
        <IconButton
          aria-label={`Account of ${me.email}`}
          aria-haspopup="menu"
          sx={{ p: 1 }}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Avatar sx={{ width: 24, height: 24, fontSize: 12, bgcolor: 'primary.main', color: 'primary.contrastText' }}>
            {(me.name || me.email).slice(0, 1).toUpperCase()}
          </Avatar>
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Box component="li" role="presentation" sx={{ px: 2, py: 1, maxWidth: 260 }}>
          <Typography variant="body2" noWrap sx={{ fontWeight: 550 }}>
            {me.email}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {me.role}
          </Typography>
        </Box>
        <Divider component="li" role="presentation" sx={{ my: 1 }} />
        {me.role === 'owner' ? (
          <MenuItem component="a" href="/users">
            <ListItemIcon>
              <PeopleIcon />
            </ListItemIcon>
            People
          </MenuItem>
        ) : null}
        <MenuItem onClick={leave}>
          <ListItemIcon>
            <LogoutIcon />
          </ListItemIcon>
          Sign out
        </MenuItem>
      </Menu>
    </>
  );
}
