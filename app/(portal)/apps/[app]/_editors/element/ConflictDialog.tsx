'use client';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { FieldTree } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { ElementDetail } from '#lib/http/api.ts';

type Props = {
  theirs: ElementDetail;
  mine: FieldTree;
  base: ElementDetail | null;
  onReload: () => void;
  onOverwrite: () => void;
  onClose: () => void;
};

/** Someone saved in between: what differs, and which of the two stays. */
export function ConflictDialog({ theirs, mine, base, onReload, onOverwrite, onClose }: Props) {
  const [before, now, here] = [base?.body ?? {}, theirs.body, mine].map((body) => flatten(body as FieldTree)) as [
    Flat,
    Flat,
    Flat,
  ];
  const names = [...new Set([...Object.keys(now), ...Object.keys(here), ...Object.keys(before)])].filter(
    (name) => text(now[name]) !== text(before[name]) || text(here[name]) !== text(now[name]),
  );
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth>
      <DialogTitle>{theirs.fullName} was saved by someone else</DialogTitle>
      <DialogContent>
        You began with revision {base?.revision}; revision {theirs.revision} is saved now. Keep one of the two; the
        other stays in the history or on this screen.
        <TableContainer sx={{ mt: 3, maxHeight: '50vh' }}>
          <Table size="small" stickyHeader>
            <TableHead>
              <TableRow>
                <TableCell>Field</TableCell>
                <TableCell>Saved now</TableCell>
                <TableCell>On this screen</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {names.map((name) => (
                <TableRow key={name}>
                  <TableCell>
                    <code>{name}</code>
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>{text(now[name]) || '–'}</TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>{text(here[name]) || '–'}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose}>
          Keep editing
        </Button>
        <Button color="inherit" variant="outlined" onClick={onReload}>
          Take what is saved
        </Button>
        <Button variant="contained" color="warning" onClick={onOverwrite}>
          Save mine over it
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type Flat = Record<string, unknown>;

function text(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'object' && value !== null ? `{{ ${(value as { $env: string }).$env} }}` : String(value);
}
