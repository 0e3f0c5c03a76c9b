'use client';
import Tooltip from '@mui/material/Tooltip';
import { useSyncExternalStore } from 'react';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const MINUTE_MS = 60_000;

/** A time as "2 days ago", the exact one on hover. @param at ISO 8601 */
export function Ago({ at }: { at: string }) {
  useSyncExternalStore(everyMinute, minute, minute);
  return (
    <Tooltip title={exact.format(new Date(at))}>
      <time dateTime={at} suppressHydrationWarning>
        {ago(at)}
      </time>
    </Tooltip>
  );
}

function ago(at: string, now = Date.now()): string {
  const seconds = Math.round((now - Date.parse(at)) / 1_000);
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? relative.format(-Math.trunc(seconds / step[1]), step[0]) : 'just now';
}

function everyMinute(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE_MS);
  return () => clearInterval(timer);
}

function minute(): number {
  return Math.floor(Date.now() / MINUTE_MS);
}
