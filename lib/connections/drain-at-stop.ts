import { onStop } from '#lib/server/hooks.ts';
import { drainAll } from './pools.ts';

onStop('connections', () => drainAll());
