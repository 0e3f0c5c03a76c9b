import type { EngineName } from '#elements/database/definitions.ts';

/** Engines whose server can be started here; the others run where they are given by URL. */
export type LocalEngine = Exclude<EngineName, 'oracle'>;
