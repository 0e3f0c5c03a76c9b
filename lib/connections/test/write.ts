import { rightStage } from './right-stage.ts';
import type { Stage } from './trial.ts';

/** The user may write: needed unless the element is read-only. Nothing is written to find out. */
export const write: Stage = { name: 'write', decisive: false, run: (trial) => rightStage(trial, 'write') };
