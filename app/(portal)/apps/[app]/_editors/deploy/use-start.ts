'use client';
import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import { environmentPath } from '../../_data/paths.ts';
import { deploymentsPath } from './use-deploy-data.ts';

type StartOptions = {
  approve?: string;
  confirmTargets?: boolean;
  /** rolls back to it instead of deploying */
  release?: string;
};
export type StartDeploy = (options?: StartOptions) => Promise<void>;

/** Starts a deploy or a roll-back; it goes on in the portal whatever becomes of this page. */
export function useStart(app: string, environment: string, onStarted: (id: string) => void) {
  const { mutate } = useSWRConfig();
  const { fail } = useToasts();
  const [starting, setStarting] = useState(false);
  const start: StartDeploy = async ({ release, approve, ...options } = {}) => {
    setStarting(true);
    try {
      const { id } = await request<{ id: string }>(
        release === undefined ? deploymentsPath(app, environment) : `${environmentPath(app, environment)}/rollback`,
        { body: release === undefined ? { ...options, ...(approve ? { approve } : {}) } : { ...options, release } },
      );
      await mutate(deploymentsPath(app, environment));
      onStarted(id);
    } catch (error) {
      fail(error);
    }
    setStarting(false);
  };
  return { starting, start };
}
