'use client';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import PanelIcon from '@mui/icons-material/ViewSidebarOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import { Logo } from '#app/_components/Logo.tsx';
import { ThemeMenu } from '../../../_components/ThemeMenu.tsx';
import { UserMenu } from '../../../_components/UserMenu.tsx';
import { AppSwitcher } from './AppSwitcher.tsx';
import { EnvironmentChooser } from './EnvironmentChooser.tsx';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

type Props = { onPalette: () => void; onTree: () => void };

/** App, environment, palette, theme, account. Its lower edge has the environment's colour, striped when protected. */
export function TopBar({ onPalette, onTree }: Props) {
  const { me, showPanel, closePanel } = useWorkbench();
  const { panel } = useWorkbenchState();
  return (
    <Box component="header" sx={{ bgcolor: 'background.paper' }}>
      <Box sx={{ height: 44, px: { xs: 1, sm: 3 }, display: 'flex', alignItems: 'center', gap: { xs: 0.5, sm: 2 } }}>
        <IconButton aria-label="Open the tree" onClick={onTree} sx={{ display: { md: 'none' } }}>
          <MenuIcon />
        </IconButton>
        <Tooltip title="All apps">
          <Link href="/" aria-label="All apps" sx={{ display: { xs: 'none', sm: 'flex' } }}>
            <Logo size={22} />
          </Link>
        </Tooltip>
        <AppSwitcher />
        <EnvironmentChooser />
        <Box sx={{ flex: 1 }} />
        <ButtonBase
          onClick={onPalette}
          aria-keyshortcuts="Control+K"
          sx={{
            display: { xs: 'none', sm: 'flex' },
            gap: 2,
            height: 30,
            px: 2,
            width: { sm: 190, lg: 260 },
            justifyContent: 'flex-start',
            color: 'text.secondary',
            border: 1,
            borderColor: 'divider',
            borderRadius: '6px',
            fontSize: 13,
          }}
        >
          <SearchIcon fontSize="small" />
          <Box component="span" sx={{ flex: 1, textAlign: 'left' }}>
            Search or do…
          </Box>
          <kbd>Ctrl K</kbd>
        </ButtonBase>
        <IconButton aria-label="Search or run an action" onClick={onPalette} sx={{ display: { sm: 'none' } }}>
          <SearchIcon />
        </IconButton>
        <Tooltip title="Side panel">
          <IconButton
            aria-label="Side panel"
            aria-pressed={panel.open}
            onClick={() => (panel.open ? closePanel() : showPanel(panel.tab))}
          >
            <PanelIcon />
          </IconButton>
        </Tooltip>
        <ThemeMenu />
        <UserMenu me={me} />
      </Box>
      <FrameEdge />
    </Box>
  );
}

function FrameEdge() {
  return <Box aria-hidden className="frame-edge" sx={{ height: 3, background: 'var(--env-fill)' }} />;
}
