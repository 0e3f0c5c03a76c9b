import { changeEnvironment, changeEnvironmentInput } from '#lib/apps/change-environment.ts';
import { deleteEnvironment, deleteEnvironmentInput } from '#lib/apps/delete-environment.ts';
import { route } from '#lib/http/route.ts';

export const PATCH = route({ right: 'environment:create', input: changeEnvironmentInput }, changeEnvironment);
export const DELETE = route({ right: 'environment:delete', input: deleteEnvironmentInput }, deleteEnvironment);
