'use client';
import PasteIcon from '@mui/icons-material/ContentPasteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { PasteIntoDraftProps } from './PasteIntoDraft.tsx';

// the readers of all forms are loaded at the first press
const PasteIntoDraft = dynamic(async () => (await import('./PasteIntoDraft.tsx')).PasteIntoDraft, { ssr: false });

/** *Paste a connection text* in the Add dialog; pressed, it makes room for the text. */
export function PasteSection(props: PasteIntoDraftProps) {
  const [open, setOpen] = useState(false);
  if (open) return <PasteIntoDraft {...props} />;
  return (
    <Box>
      <Button variant="outlined" color="inherit" startIcon={<PasteIcon />} onClick={() => setOpen(true)}>
        Paste a connection text
      </Button>
    </Box>
  );
}
