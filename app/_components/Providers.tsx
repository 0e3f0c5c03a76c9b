'use client';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';
import { request } from './request.ts';
import { theme } from './theme.ts';
import { ToastProvider } from './Toasts.tsx';

/** What every page needs: theme, one way to ask the management API, and toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider theme={theme} defaultMode="system">
      <CssBaseline />
      <SWRConfig
        value={{ fetcher: (path: string) => request(path), dedupingInterval: 1_000, shouldRetryOnError: false }}
      >
        <ToastProvider>{children}</ToastProvider>
      </SWRConfig>
    </ThemeProvider>
  );
}
