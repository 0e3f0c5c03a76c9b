'use client';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Size of a box in CSS pixels, kept current. */
export function useSize<T extends HTMLElement>(): [RefObject<T | null>, { width: number; height: number }] {
  const box = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [box, size];
}
