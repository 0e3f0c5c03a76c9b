import { z } from 'zod';
import { email } from '#lib/access/email.ts';
import { inviteUser, listUsers } from '#lib/access/users.ts';
import { route } from '#lib/http/route.ts';

const invitation = z.strictObject({ email, role: z.enum(['owner', 'developer', 'viewer']) });

export const GET = route({ right: 'user:manage', input: z.strictObject({}) }, listUsers);
export const POST = route({ right: 'user:manage', input: invitation, status: 201 }, inviteUser);
