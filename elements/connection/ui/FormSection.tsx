'use client';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type Props = { title: string; folded: boolean; onOpen?: () => void; children: ReactNode };

/** A part of a form under its title, which folds and unfolds it. */
export function FormSection({ title, folded, onOpen, children }: Props) {
  return (
    <Box
      component="details"
      open={!folded}
      onToggle={(event) => event.currentTarget.open && onOpen?.()}
      sx={{ borderTop: 1, borderColor: 'divider', py: 3, '&[open] > summary .sign': { transform: 'rotate(90deg)' } }}
    >
      <Box
        component="summary"
        sx={{
          cursor: 'pointer',
          listStyle: 'none',
          display: 'flex',
          gap: 1.5,
          alignItems: 'center',
          '&::-webkit-details-marker': { display: 'none' },
        }}
      >
        <Box
          component="span"
          className="sign"
          aria-hidden
          sx={{ color: 'text.secondary', fontSize: 10, transition: 'transform 100ms' }}
        >
          ▶
        </Box>
        <Typography variant="h3" component="h2">
          {title}
        </Typography>
      </Box>
      <Box sx={{ display: 'grid', gap: 3.5, pt: 3 }}>{children}</Box>
    </Box>
  );
}
