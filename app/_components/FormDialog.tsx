'use client';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import type { ButtonProps } from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Reasons } from './Reasons.tsx';
import { RequestFailure } from './request.ts';
import { messageOf } from './Toasts.tsx';

type Props = {
  title: ReactNode;
  submit: string;
  color?: NonNullable<ButtonProps['color']>;
  disabled?: boolean;
  onClose: () => void;
  /** stays open, with the reason shown, when this throws; closes when it does not */
  onSubmit: () => Promise<void>;
  children: ReactNode;
  width?: 'xs' | 'sm' | 'md';
};

/** A dialog with one thing to do. Enter submits, Escape cancels, a failure is told inside. Mount it to open it. */
export function FormDialog({
  title,
  submit,
  color = 'primary',
  disabled = false,
  onClose,
  onSubmit,
  children,
  width = 'xs',
}: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={busy ? () => {} : onClose} maxWidth={width} fullWidth>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // a dialog inside a form's React tree must not submit that form too
          event.stopPropagation();
          if (!disabled) void run();
        }}
      >
        <DialogTitle>{title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4 }}>
          {children}
          {failure ? (
            <Alert severity="error" role="alert">
              {messageOf(failure)}
              {failure instanceof RequestFailure && failure.reasons.length > 0 ? (
                <Reasons reasons={failure.reasons} />
              ) : null}
            </Alert>
          ) : null}
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" color={color} disabled={disabled} loading={busy}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
