import type { PasteEngine } from '../engine-fields.ts';
import type { PastedFields } from '../pasted.ts';

/** A text that is taken: its engine, its fields, and the keys that are ignored and refused. */
export type Taken = [
  text: string,
  engine: PasteEngine,
  fields: PastedFields,
  rest?: { ignored?: string[]; refused?: string[] },
];

/** A text that is refused as a whole, and what is said of it. */
export type Wrong = [text: string, says: string];
