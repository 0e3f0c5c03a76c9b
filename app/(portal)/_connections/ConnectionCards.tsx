'use client';
import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ConnectionRow } from '#lib/http/api.ts';
import { useSize } from '../apps/[app]/_workbench/use-size.ts';
import { CARD_HEIGHT, ConnectionCard } from './ConnectionCard.tsx';
import { rowKey } from './row-actions.ts';

const LEAST_WIDTH = 340;
const GAP = 16;

/** Cards in as many columns as fit; those out of sight are not drawn. */
export function ConnectionCards({ rows }: { rows: ConnectionRow[] }) {
  const [scroll, size] = useSize<HTMLDivElement>();
  const columns = Math.max(1, Math.floor((size.width - GAP) / (LEAST_WIDTH + GAP)));
  // oxlint-disable-next-line react/incompatible-library -- it keeps state outside React, which only a compiler would trip over
  const virtual = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => scroll.current,
    estimateSize: () => CARD_HEIGHT + GAP,
    overscan: 3,
  });
  const lines = virtual.getVirtualItems();
  const first = lines[0]?.index ?? 0;
  const shown = rows.slice(first * columns, ((lines.at(-1)?.index ?? -1) + 1) * columns);
  return (
    <Box
      ref={scroll}
      role="region"
      aria-label="Connections as cards"
      tabIndex={0}
      sx={{ flex: 1, minHeight: 0, overflow: 'auto', bgcolor: 'surface.canvas' }}
    >
      <Box sx={{ height: virtual.getTotalSize() + GAP, minHeight: '100%' }}>
        <Box
          component="ul"
          aria-label="Connections"
          style={{ transform: `translateY(${lines[0]?.start ?? 0}px)` }}
          sx={{
            m: 0,
            p: `${GAP}px`,
            listStyle: 'none',
            display: 'grid',
            gap: `${GAP}px`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {shown.map((row, index) => (
            <ConnectionCard key={rowKey(row)} row={row} position={first * columns + index + 1} of={rows.length} />
          ))}
        </Box>
      </Box>
    </Box>
  );
}
