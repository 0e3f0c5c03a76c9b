'use client';
import IgnoredIcon from '@mui/icons-material/RemoveCircleOutlined';
import RefusedIcon from '@mui/icons-material/BlockOutlined';
import TakenIcon from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { FieldDefinition } from '../fields.ts';
import { masked } from '../paste/masked.ts';
import type { Pasted } from '../paste/pasted.ts';
import { splitPasted } from './read-paste.ts';

/** What a text gives the form, and what of it is left out and why. A secret is never shown. */
export function PastePreview({ pasted, fields }: { pasted: Pasted; fields: FieldDefinition[] }) {
  const { taken, left } = splitPasted(pasted, fields);
  const shown = masked(pasted.fields);
  return (
    <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
      {taken.length > 0 ? (
        <Part title="Understood" icon={<TakenIcon color="success" />}>
          <Pairs pairs={taken.map(({ name, label }) => ({ key: name, name: label, text: shownValue(shown[name]) }))} />
        </Part>
      ) : null}
      {pasted.refused.length > 0 ? (
        <Part title="Refused" icon={<RefusedIcon color="error" />}>
          <Pairs pairs={pasted.refused.map(({ key, why }) => ({ key, name: <code>{key}</code>, text: why }))} />
        </Part>
      ) : null}
      {pasted.ignored.length > 0 ? (
        <Part title="Ignored" icon={<IgnoredIcon color="action" />}>
          <Names names={pasted.ignored} />
        </Part>
      ) : null}
      {left.length > 0 ? (
        <Part title="Not fields of this element" icon={<IgnoredIcon color="action" />}>
          <Names names={left} />
        </Part>
      ) : null}
    </Box>
  );
}

function Part({ title, icon, children }: { title: string; icon: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ minWidth: 0 }}>
      <Box
        id={id}
        component="h3"
        sx={{
          m: 0,
          mb: 1,
          fontSize: 13,
          fontWeight: 600,
          display: 'flex',
          gap: 1.5,
          alignItems: 'center',
          '& svg': { fontSize: 16 },
        }}
      >
        {icon}
        {title}
      </Box>
      {children}
    </Box>
  );
}

function Pairs({ pairs }: { pairs: { key: string; name: ReactNode; text: string }[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        px: 3,
        py: 2,
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 168px) minmax(0, 1fr)' },
        columnGap: 3,
        rowGap: { xs: 0, sm: 1 },
        bgcolor: 'surface.sunken',
        borderRadius: '6px',
        overflowWrap: 'anywhere',
      }}
    >
      {pairs.map(({ key, name, text }) => (
        <Box key={key} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, mb: { xs: 1, sm: 0 }, minWidth: 0 }}>
            {text}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function Names({ names }: { names: string[] }) {
  return (
    <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 ? ', ' : ''}
          <code>{name}</code>
        </span>
      ))}
    </Box>
  );
}

/** PEM text has many lines; the first says what it is. */
function shownValue(value: string | number | boolean | undefined): string {
  const text = String(value ?? '');
  return text === '[secret]' ? '[secret], kept as a variable when you save' : (text.split('\n')[0] ?? '');
}
