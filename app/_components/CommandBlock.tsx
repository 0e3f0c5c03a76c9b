'use client';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';

/** Text for a terminal or an editor, with a button that copies it. */
export function CommandBlock({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === text;
  return (
    <Box
      sx={{
        position: 'relative',
        border: 1,
        borderColor: 'divider',
        borderRadius: '6px',
        bgcolor: 'surface.code',
      }}
    >
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label={label}
        sx={{ m: 0, p: 2.5, pr: 10, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      >
        {text}
      </Box>
      <Tooltip title={done ? 'Copied' : 'Copy'}>
        <IconButton
          aria-label={done ? `${label} copied` : `Copy ${label}`}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
          sx={{ position: 'absolute', top: 4, right: 4 }}
        >
          {done ? <CheckIcon /> : <CopyIcon />}
        </IconButton>
      </Tooltip>
    </Box>
  );
}
