import type { FieldDefinition } from '../fields.ts';
import { isPasteEngine, type PasteEngine } from '../paste/engine-fields.ts';
import { parseConnectionText } from '../paste/parse-connection-text.ts';
import { TextRefused, type Pasted } from '../paste/pasted.ts';

/** What stands in the paste panel now: nothing, a text that says something, or one that is refused, and why. */
export type PasteRead = { pasted: Pasted | null; wrong: string | null };

/** Reads the text while it is typed; `engine` decides where it could be of several. */
export function readPaste(text: string, engine: string | null): PasteRead {
  if (text.trim() === '') return { pasted: null, wrong: null };
  const hint: PasteEngine | undefined = engine !== null && isPasteEngine(engine) ? engine : undefined;
  try {
    return { pasted: parseConnectionText(text, hint), wrong: null };
  } catch (error) {
    if (error instanceof TextRefused) return { pasted: null, wrong: error.message };
    throw error;
  }
}

/** Which of the pasted fields the form has, in its order, and the names of those it has not. */
export function splitPasted(pasted: Pasted, fields: FieldDefinition[]): { taken: FieldDefinition[]; left: string[] } {
  const names = new Set(fields.map(({ name }) => name));
  return {
    taken: fields.filter(({ name }) => pasted.fields[name] !== undefined),
    left: Object.keys(pasted.fields).filter((name) => !names.has(name)),
  };
}
