import { processWide } from '#lib/core/process-wide.ts';
import { log } from '#lib/core/log.ts';

type Hook = { name: string; run: () => Promise<void> | void };

const hooks = (): { start: Hook[]; stop: Hook[] } => processWide('hooks', () => ({ start: [], stop: [] }));

/** `run` is awaited at each start, in the order of registration, before the portal answers; what it throws is logged, not fatal. */
export function onStart(name: string, run: Hook['run']): void {
  hooks().start.push({ name, run });
}

/** `run` is awaited when the portal stops, after the last request and before the store closes; the newest first. */
export function onStop(name: string, run: Hook['run']): void {
  hooks().stop.unshift({ name, run });
}

export async function runHooks(kind: 'start' | 'stop'): Promise<void> {
  for (const { name, run } of hooks()[kind]) {
    try {
      await run();
    } catch (error) {
      log().error({ err: error, hook: name }, `a hook at ${kind} failed`);
    }
  }
}
