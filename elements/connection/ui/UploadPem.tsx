'use client';
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import { useRef } from 'react';
import { FILE_LIMIT, pemOfFile } from './pem-of-file.ts';
import type { PemKind } from './pem-of-file.ts';

type Props = {
  label: string;
  kind: PemKind;
  disabled: boolean;
  onText: (pem: string) => void;
  onRefused: (message: string) => void;
};

/** Takes a certificate or key out of a file; nothing but its text stays. */
export function UploadPem({ label, kind, disabled, onText, onRefused }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    // one byte more is enough to know that it is too large
    const found = pemOfFile(new Uint8Array(await file.slice(0, FILE_LIMIT + 1).arrayBuffer()), kind);
    if (found.ok) onText(found.pem);
    else onRefused(found.message);
  };
  return (
    <>
      <Button
        color="inherit"
        variant="outlined"
        size="small"
        startIcon={<UploadIcon />}
        disabled={disabled}
        aria-label={`Upload a file for ${label}`}
        onClick={() => input.current?.click()}
        sx={{ justifySelf: 'start', mt: 1 }}
      >
        Upload
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        data-upload={label}
        accept=".pem,.crt,.cer,.der,.key,.cert"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // the same file may be chosen again
          event.target.value = '';
        }}
      />
    </>
  );
}
