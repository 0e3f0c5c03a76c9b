import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ReactNode } from 'react';

/** A part of the details, with its heading. */
export function DeploySection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2.5 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2, flexWrap: 'wrap' }}>
        <Typography id={id} variant="h3" component="h2">
          {title}
        </Typography>
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{aside}</Box>
      </Box>
      {children}
    </Box>
  );
}
