import { z } from 'zod';
import { acceptInvitation } from '#lib/access/accept-invitation.ts';
import { remoteOf } from '#lib/access/attempts.ts';
import { publicRoute } from '#lib/http/route.ts';

const input = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(100).optional(),
  password: z.string().max(1_000),
});

export const POST = publicRoute({ input }, (given, request) => acceptInvitation(given, remoteOf(request.headers)));
