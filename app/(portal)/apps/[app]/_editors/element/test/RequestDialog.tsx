'use client';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { useToasts } from '#app/_components/Toasts.tsx';

/** The text for whoever runs the server, as it will be sent on; it holds no secret. */
export function RequestDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const { fail } = useToasts();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => fail(new Error('The browser does not let the text be copied. Select it and copy it yourself.')),
    );
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="request-title">
      <DialogTitle id="request-title">Request for the DBA</DialogTitle>
      <DialogContent sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 3 }}>
        <Box sx={{ color: 'text.secondary' }}>
          To be sent to whoever runs the server. No password and no key is in it.
        </Box>
        <Box
          component="pre"
          // so that a long text can be scrolled without a mouse
          tabIndex={0}
          aria-label="The text"
          sx={{
            m: 0,
            p: 3,
            border: 1,
            borderColor: 'divider',
            borderRadius: '6px',
            bgcolor: 'surface.sunken',
            fontFamily: 'var(--mono)',
            fontSize: 12,
            lineHeight: '18px',
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
          }}
        >
          {text}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose}>
          Close
        </Button>
        <Button variant="contained" startIcon={copied ? <CheckIcon /> : <CopyIcon />} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
