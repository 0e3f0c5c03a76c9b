import { loadValues } from '#lib/variables/load-values.ts';
import type { Resolution, ValueSet } from '#lib/variables/resolution.ts';
import { resolve } from '#lib/variables/resolve.ts';
import { find } from './find.ts';
import type { Frozen } from './freeze.ts';
import type { Run } from './run.ts';

export type WithVariables = Frozen & { values: ValueSet; resolution: Resolution };

/** Rules 3.1 to 3.3 of product.md over the whole release. @throws Fault `sealed` */
export async function variables(run: Run, frozen: Frozen): Promise<WithVariables> {
  const values = await loadValues(run.environment, frozen.source.variables);
  const resolution = resolve(frozen.source, values);
  find(run.findings, resolution);
  return { ...frozen, values, resolution };
}
