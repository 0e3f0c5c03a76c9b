'use client';
import AddIcon from '@mui/icons-material/Add';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import useSWR from 'swr';
import { Ago } from '#app/_components/Ago.tsx';
import { request } from '#app/_components/request.ts';
import { Status } from '#app/_components/Status.tsx';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import type { Me, UserRow } from '#lib/http/api.ts';
import { Page } from '../_components/Page.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';

type OneTimeLink = { link: string; email: string; kind: 'invitation' | 'reset' };

export function People({ me }: { me: Me }) {
  const { data, error, mutate } = useSWR<{ users: UserRow[] }>('/users');
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const { say, fail } = useToasts();

  const disable = async (user: UserRow) => {
    await request(`/users/${encodeURIComponent(user.email)}/disable`, { method: 'POST' });
    say(`${user.email} can no longer sign in; open sessions and tokens ended.`);
    await mutate();
  };
  const reset = async (user: UserRow) => {
    const made = await request<{ link: string }>(`/users/${encodeURIComponent(user.email)}/reset`, { method: 'POST' });
    setLink({ link: made.link, email: user.email, kind: 'reset' });
  };

  return (
    <Page me={me}>
      <Box sx={{ display: 'flex', alignItems: 'center', mb: 5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          People
        </Typography>
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setInviting(true)}>
          Invite
        </Button>
      </Box>
      {error ? <Alert severity="error">{messageOf(error)}</Alert> : null}
      <TableContainer sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', bgcolor: 'background.paper' }}>
        <Table size="small" aria-label="People">
          <TableHead>
            <TableRow>
              <TableCell>E-mail</TableCell>
              <TableCell>Role</TableCell>
              <TableCell>State</TableCell>
              <TableCell>Since</TableCell>
              <TableCell align="right">Actions</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data || error ? null : (
              <TableRow>
                <TableCell colSpan={5}>
                  <Skeleton height={30} />
                </TableCell>
              </TableRow>
            )}
            {data?.users.map((user) => (
              <TableRow key={user.id}>
                <TableCell sx={{ minWidth: 170, overflowWrap: 'anywhere' }}>{user.email}</TableCell>
                <TableCell>
                  <Chip label={user.role} variant="outlined" />
                </TableCell>
                <TableCell>
                  <State user={user} />
                </TableCell>
                <TableCell>
                  <Ago at={user.createdAt} />
                </TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  <Button color="inherit" onClick={() => void reset(user).catch(fail)}>
                    Reset link
                  </Button>
                  {user.email === me.email || user.disabled ? null : (
                    <Button color="error" onClick={() => void disable(user).catch(fail)}>
                      Disable
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 3, maxWidth: 640 }}>
        A viewer reads. A developer edits, tests, sets values and deploys where an environment is not protected. An
        owner does the rest.
      </Typography>
      {inviting ? (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(email, made) => {
            setLink({ link: made, email, kind: 'invitation' });
            void mutate();
          }}
        />
      ) : null}
      {link ? <LinkDialog {...link} onClose={() => setLink(null)} /> : null}
    </Page>
  );
}

function State({ user }: { user: UserRow }) {
  if (user.disabled) return <Status kind="off">disabled</Status>;
  return user.invited ? <Status kind="running">invited</Status> : <Status kind="ok">active</Status>;
}
