import { z } from 'zod';
import { remoteOf } from '#lib/access/attempts.ts';
import { email } from '#lib/access/email.ts';
import { lifetime } from '#lib/access/expiry.ts';
import { setupOwner } from '#lib/access/setup-owner.ts';
import { publicRoute } from '#lib/http/route.ts';

const input = z.strictObject({
  proof: z.string().max(200).optional(),
  ownerToken: z.string().max(200).optional(),
  email,
  password: z.string().max(1_000),
  name: z.string().trim().min(1).max(100).optional(),
  printToken: z.boolean().optional(),
  expires: lifetime.optional(),
});

export const POST = publicRoute({ input, status: 201 }, (given, request) =>
  setupOwner(given, remoteOf(request.headers)),
);
