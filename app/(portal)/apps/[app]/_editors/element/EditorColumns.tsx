import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** The form, and what goes with it: beside it where the editor is wide enough, above it where not. */
export function EditorColumns({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <Box sx={{ containerType: 'inline-size' }}>
      <Box
        sx={{
          p: { xs: 4, sm: 5 },
          display: 'grid',
          gap: 6,
          alignItems: 'start',
          gridTemplateColumns: 'minmax(0, 820px)',
          '@container (min-width: 1040px)': {
            gridTemplateColumns: aside ? 'minmax(0, 820px) 400px' : 'minmax(0, 820px)',
            '& > .aside': { order: 1, position: 'sticky', top: 73 },
          },
        }}
      >
        {aside ? <Box className="aside">{aside}</Box> : null}
        <Box sx={{ minWidth: 0 }}>{children}</Box>
      </Box>
    </Box>
  );
}
