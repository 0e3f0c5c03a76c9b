'use client';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import useMediaQuery from '@mui/material/useMediaQuery';
import { ElementTree } from './ElementTree.tsx';
import { PageLinks } from './PageLinks.tsx';

const WIDTH = 264;

/** Tree and pages on the left; a drawer on narrow screens. */
export function Side({ open, onClose }: { open: boolean; onClose: () => void }) {
  const wide = useMediaQuery((theme) => theme.breakpoints.up('md'), { noSsr: true });
  const content = (
    <Box
      component="nav"
      aria-label="App"
      sx={{
        width: WIDTH,
        maxWidth: '86vw',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'surface.canvas',
      }}
    >
      <ElementTree />
      <PageLinks />
    </Box>
  );
  if (wide) return <Box sx={{ borderRight: 1, borderColor: 'divider', flex: 'none' }}>{content}</Box>;
  return (
    <Drawer open={open} onClose={onClose} slotProps={{ paper: { 'aria-label': 'Tree' } }}>
      {content}
    </Drawer>
  );
}
