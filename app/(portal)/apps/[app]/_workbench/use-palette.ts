'use client';
import { useEffect, useState } from 'react';
import type { Palette } from './Palette.tsx';

/**
 * The palette, loaded once the workbench is there; null until then. Not by `dynamic`: what comes late into a Suspense
 * boundary is shown after 300 ms at the earliest, and who types on after Ctrl K would lose letters to that wait.
 */
export function usePalette(): typeof Palette | null {
  const [loaded, setLoaded] = useState<typeof Palette | null>(null);
  useEffect(() => {
    void import('./Palette.tsx').then((module) => setLoaded(() => module.Palette));
  }, []);
  return loaded;
}
