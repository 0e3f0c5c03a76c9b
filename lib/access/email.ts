import { z } from 'zod';

/** An e-mail address as people are known by: lower case, at most 254 characters (RFC 5321). */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email('must be an e-mail address'));
