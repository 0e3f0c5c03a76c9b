'use client';
import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId } from 'react';
import type { FieldDefinition } from '../fields.ts';
import { PastePreview } from './PastePreview.tsx';
import type { PasteRead } from './read-paste.ts';

type Props = {
  text: string;
  onText: (text: string) => void;
  read: PasteRead;
  /** title of the text's engine, for people */
  engineTitle: string;
  /** the fields of the form that is filled; null: there is no such form */
  fields: FieldDefinition[] | null;
  /** why the text can not be used here although it can be read */
  misfit: string | null;
};

/** A box for a connection text, and below it what is understood, ignored and refused while it is typed. */
export function PastePanel({ text, onText, read, engineTitle, fields, misfit }: Props) {
  const id = useId();
  const wrong = read.wrong ?? misfit;
  return (
    <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
      <Box>
        <Box component="label" htmlFor={id} sx={{ fontWeight: 550, mb: 1, display: 'block' }}>
          Connection text
        </Box>
        <OutlinedInput
          id={id}
          fullWidth
          multiline
          autoFocus
          minRows={3}
          maxRows={9}
          value={text}
          error={wrong !== null}
          onChange={(event) => onText(event.target.value)}
          placeholder="postgres://app:password@db.example.com:5432/shop"
          slotProps={{
            input: { autoComplete: 'off', spellCheck: false, 'aria-describedby': `${id}-help ${id}-said` },
          }}
          sx={{ fontFamily: 'var(--mono)', fontSize: 12, '& textarea': { overflowWrap: 'anywhere' } }}
        />
        <Box id={`${id}-help`} sx={{ mt: 1, fontSize: 12, lineHeight: '17px', color: 'text.secondary' }}>
          A URL, JDBC URL, ADO.NET or ODBC string, libpq key=value, EZConnect, TNS descriptor, .env block, compose file
          or Kubernetes Secret. It stays in this browser: nothing is sent before you save.
        </Box>
      </Box>
      <Box
        id={`${id}-said`}
        role="status"
        sx={{ color: wrong === null ? 'text.primary' : 'error.main', overflowWrap: 'anywhere' }}
      >
        {wrong ?? summary(read, engineTitle)}
      </Box>
      {read.pasted ? <PastePreview pasted={read.pasted} fields={fields ?? []} /> : null}
    </Box>
  );
}

function summary({ pasted }: PasteRead, engineTitle: string): string {
  if (!pasted) return '';
  const { form, fields, ignored, refused } = pasted;
  const understood = Object.keys(fields).length;
  return `${form} of ${engineTitle}: ${understood} understood, ${ignored.length} ignored, ${refused.length} refused.`;
}
