import type { DatabaseEngine } from '../contract.ts';

export const engine = undefined as unknown as DatabaseEngine;
