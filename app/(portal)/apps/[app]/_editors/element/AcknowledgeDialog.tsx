'use client';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { Reasons } from '#app/_components/Reasons.tsx';
import type { RequestFailure } from '#app/_components/request.ts';

type Props = {
  failure: RequestFailure;
  /** runs the test that is missing; undefined: it ran */
  onTest?: (() => void) | undefined;
  onSave: () => void;
  onClose: () => void;
};

/** A save that is known to break something, or was not tried: it goes on only if asked for, and is recorded. */
export function AcknowledgeDialog({ failure, onTest, onSave, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth>
      <DialogTitle>{onTest ? 'Test it first?' : 'Save what is known to break?'}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 3 }}>
        <Reasons reasons={failure.reasons} />
        <div>If it is saved all the same, the audit says who did it and what was known.</div>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        <Button color="inherit" onClick={onClose}>
          Keep editing
        </Button>
        <Button color="warning" variant={onTest ? 'text' : 'contained'} onClick={onSave}>
          Save all the same
        </Button>
        {onTest ? (
          <Button variant="contained" onClick={onTest}>
            Test connection
          </Button>
        ) : null}
      </DialogActions>
    </Dialog>
  );
}
