import type { UserRow } from '#lib/http/api.ts';
import type { Role } from './actor.ts';

/** A person as the management API tells of them. */
export function userRow(user: {
  id: string;
  email: string;
  name: string;
  role: string;
  disabledAt: Date | null;
  createdAt: Date;
}): UserRow {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role as Role,
    disabled: user.disabledAt !== null,
    invited: false,
    createdAt: user.createdAt.toISOString(),
  };
}
