'use client';
import Box from '@mui/material/Box';
import dynamic from 'next/dynamic';
import type { Me } from '#lib/http/api.ts';

/** The frame in its sizes, until the workbench is there: nothing jumps. */
function Frame() {
  return (
    <Box aria-busy sx={{ height: '100dvh', display: 'flex', flexDirection: 'column', bgcolor: 'surface.canvas' }}>
      <Box sx={{ height: 47, bgcolor: 'background.paper', borderBottom: '3px solid', borderColor: 'divider' }} />
      <Box sx={{ flex: 1, display: 'flex' }}>
        <Box sx={{ width: 265, display: { xs: 'none', md: 'block' }, borderRight: 1, borderColor: 'divider' }} />
        <Box sx={{ flex: 1, bgcolor: 'background.paper' }} />
      </Box>
    </Box>
  );
}

// tabs, widths and what is open are the browser's own: the server could only guess them
const Loaded = dynamic(async () => (await import('./Workbench.tsx')).Workbench, { ssr: false, loading: Frame });

export function WorkbenchLoader({ app, me }: { app: string; me: Me }) {
  // another app begins with nothing of this one
  return <Loaded key={app} app={app} me={me} />;
}
