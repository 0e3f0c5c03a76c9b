'use client';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import NextLink from 'next/link';
import { Logo } from '#app/_components/Logo.tsx';
import type { Me } from '#lib/http/api.ts';
import { ThemeMenu } from './ThemeMenu.tsx';
import { UserMenu } from './UserMenu.tsx';

/** The frame of pages that are not about one app. `fill`: the page takes all there is, and scrolls by itself. */
export function Page({ me, fill = false, children }: { me: Me; fill?: boolean; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100dvh', bgcolor: 'surface.canvas' }}>
      <Box
        component="header"
        sx={{
          height: 44,
          px: 3,
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          borderBottom: 1,
          borderColor: 'divider',
          bgcolor: 'background.paper',
        }}
      >
        <Link
          component={NextLink}
          href="/"
          underline="none"
          color="inherit"
          sx={{ display: 'flex', alignItems: 'center', gap: 2, fontWeight: 650, fontSize: 14 }}
        >
          <Logo size={22} />
          Mooring
        </Link>
        <Box component="nav" aria-label="Portal" sx={{ display: 'flex', gap: 4, ml: 4, flex: 1 }}>
          <Link component={NextLink} href="/" color="textSecondary">
            Apps
          </Link>
          <Link component={NextLink} href="/connections" color="textSecondary">
            Connections
          </Link>
          {me.role === 'owner' ? (
            <Link component={NextLink} href="/users" color="textSecondary">
              People
            </Link>
          ) : null}
        </Box>
        <ThemeMenu />
        <UserMenu me={me} />
      </Box>
      <Box
        component="main"
        sx={
          fill
            ? { height: 'calc(100dvh - 44px)' }
            : { maxWidth: 1080, mx: 'auto', px: { xs: 4, sm: 8 }, py: { xs: 5, sm: 9 } }
        }
      >
        {children}
      </Box>
    </Box>
  );
}
