'use client';
import PasteIcon from '@mui/icons-material/ContentPasteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { useFieldHost } from '#elements/connection/ui/field-host.ts';
import { fillForm } from '#elements/connection/ui/fill-form.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';

// the readers of all forms are loaded at the first press
const PasteDialog = dynamic(async () => (await import('./PasteDialog.tsx')).PasteDialog, { ssr: false });

/** *Paste a connection text* above the fields: fills them, and leaves saving to you. */
export function PasteAction({ definition, fields }: { definition: DatabaseDefinition; fields: FieldDefinition[] }) {
  const form = useFormContext<FormValues>();
  const { readOnly, proposedKey } = useFieldHost();
  const { say } = useToasts();
  const [shown, setShown] = useState(false);
  if (readOnly) return null;
  return (
    <Box sx={{ pb: 3 }}>
      <Button variant="outlined" color="inherit" startIcon={<PasteIcon />} onClick={() => setShown(true)}>
        Paste a connection text
      </Button>
      {shown ? (
        <PasteDialog
          definition={definition}
          fields={fields}
          connection={form.getValues('connection')}
          onClose={() => setShown(false)}
          onUse={(pasted) => {
            const count = fillForm(form, fields, pasted, proposedKey);
            say(`${count} ${count === 1 ? 'field is' : 'fields are'} filled in. Nothing is saved yet.`);
          }}
        />
      ) : null}
    </Box>
  );
}
