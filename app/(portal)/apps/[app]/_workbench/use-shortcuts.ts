'use client';
import { useEffect } from 'react';
import { useLatest } from '#app/_components/use-latest.ts';

type Shortcuts = { palette: () => void; save: () => void; test: () => void };

/** Ctrl K, Ctrl S and Ctrl Enter, with Cmd on a Mac; taken before the browser's own. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useLatest(shortcuts);
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const run = { k: latest.current.palette, s: latest.current.save, enter: latest.current.test }[
        event.key.toLowerCase()
      ];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', act, { capture: true });
    return () => window.removeEventListener('keydown', act, { capture: true });
  }, [latest]);
}
