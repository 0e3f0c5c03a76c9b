'use client';
import Box from '@mui/material/Box';
import { useId } from 'react';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import type { ElementType } from './element-types.ts';

/** The types of a family as radio cards. */
export function TypeCards({
  types,
  chosen,
  onChoose,
}: {
  types: ElementType[];
  chosen: string;
  onChoose: (type: ElementType) => void;
}) {
  const name = useId();
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <legend className="visually-hidden">Type</legend>
      <Box sx={{ display: 'grid', gap: 2 }}>
        {types.map((each) => (
          <Box
            key={each.type}
            component="label"
            sx={{
              display: 'flex',
              gap: 3,
              alignItems: 'center',
              p: 3,
              border: 1,
              borderColor: each.type === chosen ? 'primary.main' : 'divider',
              bgcolor: each.type === chosen ? 'surface.selected' : 'transparent',
              borderRadius: '8px',
              cursor: 'pointer',
              '&:hover': { borderColor: 'primary.main' },
              '&:has(:focus-visible)': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 1 },
            }}
          >
            <input
              className="visually-hidden"
              type="radio"
              name={name}
              checked={each.type === chosen}
              onChange={() => onChoose(each)}
            />
            {each.engine ? <EngineLogo engine={each.engine} size={24} /> : null}
            <Box sx={{ minWidth: 0 }}>
              <Box sx={{ fontWeight: 550 }}>{each.title}</Box>
              <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{each.summary}</Box>
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
