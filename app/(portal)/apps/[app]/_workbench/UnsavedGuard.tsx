'use client';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import type { Tab } from './tabs.ts';
import { titleOfView } from './view.ts';

type Props = {
  tab: Tab | undefined;
  onCancel: () => void;
  onDiscard: (id: string) => void;
  onSave: (id: string) => Promise<void>;
};

/** Asked before a tab with unsaved changes closes. */
export function UnsavedGuard({ tab, onCancel, onDiscard, onSave }: Props) {
  const [busy, setBusy] = useState(false);
  if (!tab) return null;
  return (
    <Dialog open onClose={onCancel} maxWidth="xs" fullWidth>
      <DialogTitle>Save the changes to {titleOfView(tab.view)}?</DialogTitle>
      <DialogContent>They are on this screen only, and are lost when the tab closes.</DialogContent>
      <DialogActions>
        <Button color="error" onClick={() => onDiscard(tab.id)} sx={{ mr: 'auto' }}>
          Discard
        </Button>
        <Button color="inherit" onClick={onCancel}>
          Keep editing
        </Button>
        <Button
          variant="contained"
          autoFocus
          loading={busy}
          onClick={() => {
            setBusy(true);
            void onSave(tab.id).finally(() => setBusy(false));
          }}
        >
          Save
        </Button>
      </DialogActions>
    </Dialog>
  );
}
