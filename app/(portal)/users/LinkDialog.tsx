'use client';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { CopyField } from '#app/_components/CopyField.tsx';

type Props = { link: string; email: string; kind: 'invitation' | 'reset'; onClose: () => void };

/** A link that is shown once; nothing keeps it. */
export function LinkDialog({ link, email, kind, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth>
      <DialogTitle>{kind === 'invitation' ? 'Invitation' : 'Reset link'}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 4 }}>
        <Alert severity="info" sx={{ overflowWrap: 'anywhere' }}>
          Send this to {email}. It is shown here once, works once, and lets whoever holds it choose the password.
        </Alert>
        <CopyField label="Link" text={link} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
