'use client';
import useSWR from 'swr';
import type { DeployedModel, DeploymentDetail, DeploymentRow, ReleaseRow } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';

/** How often a running deploy is asked how it gets on. */
const WHILE_RUNNING_MS = 700;

export const deploymentsPath = (app: string, environment: string) => `${environmentPath(app, environment)}/deployments`;

/** The last hundred deployments of an environment, the newest first. */
export function useDeployments(app: string, environment: string) {
  return useSWR<{ deployments: DeploymentRow[] }>(deploymentsPath(app, environment));
}

/** One deployment; asked again while it runs, so that a reload loses nothing. */
export function useDeployment(app: string, environment: string, id: string | null) {
  return useSWR<DeploymentDetail>(id === null ? null : `${deploymentsPath(app, environment)}/${id}`, {
    refreshInterval: (latest) => (latest?.state === 'running' ? WHILE_RUNNING_MS : 0),
    revalidateOnFocus: false,
  });
}

export function useDeployedModels(app: string, environment: string) {
  return useSWR<{ models: DeployedModel[] }>(`${environmentPath(app, environment)}/models`);
}

export function useReleases(app: string, environment: string) {
  return useSWR<{ releases: ReleaseRow[] }>(`${environmentPath(app, environment)}/releases`);
}
