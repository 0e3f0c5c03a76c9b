import { route } from '#lib/http/route.ts';
import { listVariables, listVariablesInput } from '#lib/variables/list-variables.ts';

export const GET = route({ right: 'app:read', input: listVariablesInput }, listVariables);
