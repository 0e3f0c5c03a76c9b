import type { FieldDefinition } from './fields.ts';

/** Types of variables that may stand in a field of this kind (product.md section 2); a secret stands in secret fields only. */
export const FITTING_TYPES: Record<FieldDefinition['kind'], readonly string[]> = {
  text: ['text'],
  choice: ['text'],
  number: ['number'],
  boolean: ['boolean'],
  pem: ['file', 'text'],
  secret: ['secret'],
};
