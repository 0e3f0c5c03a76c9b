import { onStart } from '#lib/server/hooks.ts';
import { makeSample } from './make-sample.ts';

onStart('sample', makeSample);
