import { listConnections, listConnectionsInput } from '#lib/connections/list-connections.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'app:read', input: listConnectionsInput }, listConnections);
