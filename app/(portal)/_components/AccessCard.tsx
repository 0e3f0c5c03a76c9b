'use client';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Logo } from '#app/_components/Logo.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';

/** The frame of pages before the portal: set-up, sign-in, invitation. */
export function AccessCard({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100dvh', display: 'grid', gridTemplateRows: 'auto 1fr auto', bgcolor: 'surface.canvas' }}>
      <Box component="header" sx={{ p: 4, display: 'flex', alignItems: 'center', gap: 2 }}>
        <Logo />
        <Typography sx={{ fontWeight: 650, letterSpacing: '-0.01em', flex: 1 }}>Mooring</Typography>
        <ThemeMenu />
      </Box>
      <Box component="main" sx={{ display: 'grid', placeItems: 'center', px: 4, pb: 16 }}>
        <Box
          sx={{
            width: '100%',
            maxWidth: 400,
            p: { xs: 5, sm: 7 },
            bgcolor: 'background.paper',
            border: 1,
            borderColor: 'divider',
            borderRadius: '12px',
          }}
        >
          <Typography variant="h1">{title}</Typography>
          <Typography variant="body2" component="div" color="textSecondary" sx={{ mt: 1, mb: 5 }}>
            {intro}
          </Typography>
          {children}
        </Box>
      </Box>
    </Box>
  );
}
