import { processWide } from '#lib/core/process-wide.ts';

/** A release was activated or rolled back, or a value that it uses was set or unset: what was made from it is void. */
export type ReleaseChange = { app: string; environment: string };

type Listener = (change: ReleaseChange) => void;

const listeners = () => processWide('release-listeners', () => new Map<string, Listener>());

/** `name` keeps one listener per purpose, however often the module that adds it is loaded. */
export function onReleaseChange(name: string, listener: Listener): void {
  listeners().set(name, listener);
}

/** Called after the transaction that made the change; the next {@link import('./active-release.ts').activeRelease} reads anew. */
export function releaseChanged(change: ReleaseChange): void {
  for (const listener of listeners().values()) listener(change);
}
