import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import InitColorSchemeScript from '@mui/material/InitColorSchemeScript';
import { AppRouterCacheProvider } from '@mui/material-nextjs/v16-appRouter';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from './_components/Providers.tsx';

export const metadata: Metadata = {
  title: { default: 'Mooring', template: '%s · Mooring' },
  description: 'Databases as elements of an app, with variables, environments and deploys that prove themselves first',
  icons: { icon: '/icon.svg' },
  robots: { index: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#101216' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // set by the server beside the Content-Security-Policy; absent where none is sent
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <InitColorSchemeScript attribute='[data-theme="%s"]' defaultMode="system" {...(nonce ? { nonce } : {})} />
        <AppRouterCacheProvider options={{ key: 'm', ...(nonce ? { nonce } : {}) }}>
          <Providers nonce={nonce}>{children}</Providers>
        </AppRouterCacheProvider>
      </body>
    </html>
  );
}
