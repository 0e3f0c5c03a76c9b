import { z } from 'zod';
import { remoteOf } from '#lib/access/attempts.ts';
import { email } from '#lib/access/email.ts';
import { login } from '#lib/access/login.ts';
import { publicRoute } from '#lib/http/route.ts';

const input = z.strictObject({ email, password: z.string().max(1_000) });

export const POST = publicRoute({ input }, (given, request) => login(given, remoteOf(request.headers)));
