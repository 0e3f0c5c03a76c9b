import { PUSH_MAX_BYTES, route } from '#lib/http/route.ts';
import { pull, pullInput } from '#lib/source/pull.ts';
import { push, pushInput } from '#lib/source/push.ts';

export const GET = route({ right: 'app:read', input: pullInput }, pull);
export const POST = route({ right: 'source:write', input: pushInput, maxBytes: PUSH_MAX_BYTES }, push);
