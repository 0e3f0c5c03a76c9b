'use client';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';
import { NonceContext } from './nonce-context.ts';
import { request } from './request.ts';
import { theme } from './theme.ts';
import { ToastProvider } from './Toasts.tsx';

/** What every page needs: theme, one way to ask the management API, and toasts. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider theme={theme} defaultMode="system">
      <CssBaseline />
      <SWRConfig
        value={{ fetcher: (path: string) => request(path), dedupingInterval: 1_000, shouldRetryOnError: false }}
      >
        <NonceContext value={nonce}>
          <ToastProvider>{children}</ToastProvider>
        </NonceContext>
      </SWRConfig>
    </ThemeProvider>
  );
}
