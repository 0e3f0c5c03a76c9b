import type { FieldDefinition } from '#elements/connection/fields.ts';

/** A field's toggle asks the side panel for a variable. */
export type BindingRequest = {
  /** fullName of the element, saved or not */
  element: string;
  field: FieldDefinition;
  /** key the field refers to now; null: a literal stands there */
  current: string | null;
  /** what stands in the field now, never a secret */
  literal: string | number | boolean | null;
  proposedKey: string;
  proposedName: string;
  /** makes the field refer to this key; null takes the reference away */
  bind: (key: string) => void;
};
