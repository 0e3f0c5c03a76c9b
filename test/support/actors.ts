import type { Actor, Role } from '#lib/access/actor.ts';

/** Somebody signed in with a browser. */
const person = (role: Role): Actor => ({
  userId: `u_${role}`,
  email: `${role}@example.com`,
  role,
  scope: 'full',
  tokenId: null,
  onlyApp: null,
  onlyEnvironment: null,
});

export const owner = person('owner');
export const developer = person('developer');
export const viewer = person('viewer');
