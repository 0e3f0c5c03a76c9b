import { isSecretField } from './engine-fields.ts';
import type { PastedFields } from './pasted.ts';

/** The fields as they may be shown: a secret stands as `[secret]`. */
export function masked(fields: PastedFields): PastedFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isSecretField(name) ? '[secret]' : value]),
  );
}
