import { createEnvironment, createEnvironmentInput } from '#lib/apps/create-environment.ts';
import { listEnvironments, listEnvironmentsInput } from '#lib/apps/list-environments.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'app:read', input: listEnvironmentsInput }, listEnvironments);
export const POST = route(
  { right: 'environment:create', input: createEnvironmentInput, status: 201 },
  createEnvironment,
);
