import { z } from 'zod';
import { remoteOf } from '#lib/access/attempts.ts';
import { email } from '#lib/access/email.ts';
import { resetOwner } from '#lib/access/setup-owner.ts';
import { publicRoute } from '#lib/http/route.ts';

const input = z.strictObject({ proof: z.string().max(200), email, password: z.string().max(1_000) });

export const POST = publicRoute({ input }, (given, request) => resetOwner(given, remoteOf(request.headers)));
