'use client';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { LabeledInput } from './LabeledInput.tsx';

/** A text to take along, with a button that copies it. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <LabeledInput
      label={label}
      mono
      readOnly
      value={text}
      onFocus={(event) => event.target.select()}
      endAdornment={
        <Tooltip title={copied ? 'Copied' : 'Copy'}>
          <IconButton
            aria-label={copied ? `${label} copied` : `Copy ${label.toLowerCase()}`}
            onClick={() => void copy()}
          >
            {copied ? <CheckIcon /> : <CopyIcon />}
          </IconButton>
        </Tooltip>
      }
    />
  );
}
