'use client';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { useOverview } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

/** The environment as the app's overview has it, and whether one may set values, deploy, consent and make tokens there. */
export function useMayDeploy(name: string): { environment: EnvironmentRow | undefined; may: boolean } {
  const { app, me } = useWorkbench();
  const { data } = useOverview(app);
  const environment = data?.environments.find((each) => each.name === name);
  return {
    environment,
    may: me.role === 'owner' || (me.role === 'developer' && environment?.protected === false),
  };
}
