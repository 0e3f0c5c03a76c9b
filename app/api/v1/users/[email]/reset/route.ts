import { z } from 'zod';
import { email } from '#lib/access/email.ts';
import { resetUser } from '#lib/access/users.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({ right: 'user:manage', input: z.strictObject({ email }) }, resetUser);
