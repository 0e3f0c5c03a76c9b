'use client';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { ViewIcon } from './ViewIcon.tsx';
import { parseView, titleOfView } from './view.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';
import type { Tab } from './tabs.ts';

/** Tabs of open editors: arrows move, Delete or the middle button closes, a dot says unsaved. */
export function TabBar() {
  const { tabs, view } = useWorkbenchState();
  const { open, close } = useWorkbench();
  const move = (event: KeyboardEvent, index: number) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const target = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (event.key === 'Delete') close(tabs[index]?.id ?? '');
    else if (target) {
      open(target.view);
      document.getElementById(target.id)?.focus();
    } else return;
    event.preventDefault();
  };
  const focusable = Math.max(
    0,
    tabs.findIndex((tab) => tab.view === view),
  );
  return (
    <Box
      role="tablist"
      aria-label="Open editors"
      sx={{
        display: 'flex',
        flex: 'none',
        height: 36,
        overflowX: 'auto',
        overflowY: 'hidden',
        scrollbarWidth: 'none',
        bgcolor: 'surface.canvas',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {tabs.map((tab, index) => (
        <OneTab
          key={tab.id}
          tab={tab}
          active={tab.view === view}
          focusable={index === focusable}
          onKeyDown={(event) => move(event, index)}
        />
      ))}
    </Box>
  );
}

type Props = { tab: Tab; active: boolean; focusable: boolean; onKeyDown: (event: KeyboardEvent) => void };

function OneTab({ tab, active, focusable, onKeyDown }: Props) {
  const { open, close } = useWorkbench();
  const { dirty } = useWorkbenchState();
  const box = useRef<HTMLDivElement>(null);
  const title = titleOfView(tab.view);
  const unsaved = dirty.has(tab.id) || parseView(tab.view).draftType !== null;
  useEffect(() => {
    if (active) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return (
    <Box
      ref={box}
      role="presentation"
      onAuxClick={(event) => event.button === 1 && close(tab.id)}
      sx={{
        display: 'flex',
        alignItems: 'center',
        flex: 'none',
        maxWidth: 220,
        height: 36,
        borderRight: 1,
        borderColor: 'divider',
        bgcolor: active ? 'background.paper' : 'transparent',
        color: active ? 'text.primary' : 'text.secondary',
        boxShadow: active ? 'inset 0 2px 0 var(--mui-palette-primary-main)' : 'none',
        '&:hover': { color: 'text.primary' },
        '& .close': { visibility: active || unsaved ? 'visible' : 'hidden' },
        '&:hover .close, &:focus-within .close': { visibility: 'visible' },
        '& .dot': { display: unsaved ? 'block' : 'none' },
        '& .cross': { display: unsaved ? 'none' : 'block' },
        '& .close:hover .dot': { display: 'none' },
        '& .close:hover .cross': { display: 'block' },
      }}
    >
      <ButtonBase
        id={tab.id}
        role="tab"
        aria-selected={active}
        aria-controls={`panel-${tab.id}`}
        aria-keyshortcuts="Delete"
        tabIndex={focusable ? 0 : -1}
        title={parseView(tab.view).fullName ?? title}
        onClick={() => open(tab.view)}
        onKeyDown={onKeyDown}
        sx={{ height: 36, pl: 3, pr: 1, gap: 2, minWidth: 0, fontSize: 13, '&:focus-visible': { outlineOffset: -3 } }}
      >
        <ViewIcon view={tab.view} />
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{title}</span>
        {unsaved ? <span className="visually-hidden">(unsaved)</span> : null}
        {/* for the mouse; the keyboard's way is Delete, which the tab announces */}
        <Box
          component="span"
          className="close"
          aria-hidden
          title={`Close ${title}`}
          onClick={(event) => {
            event.stopPropagation();
            close(tab.id);
          }}
          sx={{ display: 'flex', p: '3px', borderRadius: '4px', '&:hover': { bgcolor: 'surface.hover' } }}
        >
          <Box className="dot" sx={{ width: 8, height: 8, m: '3px', borderRadius: '50%', bgcolor: 'primary.main' }} />
          <CloseIcon className="cross" sx={{ fontSize: 14 }} />
        </Box>
      </ButtonBase>
    </Box>
  );
}
