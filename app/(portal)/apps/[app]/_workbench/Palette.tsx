'use client';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { found } from './palette-search.ts';
import { usePaletteItems } from './use-palette-items.tsx';

/** Go to any element, variable, environment or page; run any action. */
export function Palette({ onClose }: { onClose: () => void }) {
  const items = usePaletteItems();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(() => found(items, text).slice(0, 60), [items, text]);
  const run = (at: number) => {
    const item = shown[at];
    if (!item) return;
    onClose();
    item.run();
  };
  const key = (event: KeyboardEvent) => {
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === 'Enter') run(index);
    else if (to !== undefined && shown.length > 0) {
      const next = (to + shown.length) % shown.length;
      setIndex(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="palette-title"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
      slotProps={{ paper: { sx: { mt: '10vh' } } }}
    >
      <h2 id="palette-title" className="visually-hidden">
        Search or run an action
      </h2>
      <InputBase
        autoFocus
        fullWidth
        placeholder="Go to an element, a variable, an environment; or run an action"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setIndex(0);
        }}
        onKeyDown={key}
        slotProps={{
          input: {
            role: 'combobox',
            'aria-label': 'Search or run an action',
            'aria-expanded': true,
            'aria-controls': 'palette-list',
            'aria-activedescendant': shown[index] ? `palette-${index}` : undefined,
            'aria-autocomplete': 'list',
          },
        }}
        sx={{ px: 4, py: 2.5, fontSize: 14, borderBottom: 1, borderColor: 'divider' }}
      />
      <Box
        ref={list}
        id="palette-list"
        role="listbox"
        component="ul"
        aria-label="Results"
        sx={{ m: 0, p: 1.5, listStyle: 'none', overflowY: 'auto', maxHeight: '50vh' }}
      >
        {shown.map((item, at) => (
          <Box
            key={item.id}
            component="li"
            id={`palette-${at}`}
            role="option"
            aria-selected={at === index}
            onClick={() => run(at)}
            onMouseMove={() => setIndex(at)}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 2.5,
              px: 2.5,
              minHeight: 34,
              borderRadius: '5px',
              cursor: 'pointer',
              bgcolor: at === index ? 'surface.selected' : 'transparent',
            }}
          >
            {item.icon}
            <Box
              component="span"
              sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {item.label}
            </Box>
            <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
              {item.hint}
            </Box>
          </Box>
        ))}
      </Box>
      {shown.length === 0 ? (
        <Box role="status" sx={{ px: 4, pb: 4, color: 'text.secondary' }}>
          Nothing here is called “{text}”.
        </Box>
      ) : null}
    </Dialog>
  );
}
