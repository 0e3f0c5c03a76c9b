'use client';
import { useInsertionEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** The value of the newest render, for handlers that outlive it. Not to be read while rendering. */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
