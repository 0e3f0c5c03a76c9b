import { rightStage } from './right-stage.ts';
import type { Stage } from './trial.ts';

/** The user may read: always needed. */
export const read: Stage = { name: 'read', decisive: false, run: (trial) => rightStage(trial, 'read') };
