import { retestConnection, retestInput } from '#lib/connections/retest.ts';
import { streamRoute } from '#lib/http/route.ts';

export const POST = streamRoute({ right: 'element:test', input: retestInput }, retestConnection);
