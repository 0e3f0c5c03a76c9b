import { reachInput, reachOf } from '#lib/connections/reach.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'app:read', input: reachInput }, reachOf);
