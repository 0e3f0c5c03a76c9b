import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** What belongs here, and the first step. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', justifyItems: 'center', textAlign: 'center', gap: 2, px: 5, py: 14 }}>
      <Typography variant="h2">{title}</Typography>
      <Typography variant="body2" component="div" color="textSecondary" sx={{ maxWidth: 460 }}>
        {children}
      </Typography>
      {action ? (
        <Box sx={{ mt: 3, display: 'flex', gap: 2, flexWrap: 'wrap', justifyContent: 'center' }}>{action}</Box>
      ) : null}
    </Box>
  );
}
