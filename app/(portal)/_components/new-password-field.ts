import { MIN_PASSWORD_CHARS } from '#lib/access/password.ts';
import type { AccessField } from './AccessForm.tsx';

/** Where a new password is chosen; what else it must not be, the server says. */
export const NEW_PASSWORD: AccessField = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'new-password',
  minLength: MIN_PASSWORD_CHARS,
  help: `${MIN_PASSWORD_CHARS} characters or more; a few unrelated words do well.`,
};
