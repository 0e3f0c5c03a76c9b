import type { EngineFields, PasteEngine } from './engine-fields.ts';

export type PastedFields = Record<string, string | number | boolean>;

/** A key that was understood and is not taken; `why` never repeats a value. */
export type Refusal = { key: string; why: string };

/** What a text says of a connection, in fields of our own; passwords and keys stand in `fields` as they are. */
export type Pasted = {
  /** how the text was read, in words: `URL`, `TNS descriptor` */
  form: string;
  engine: PasteEngine;
  fields: PastedFields;
  ignored: string[];
  refused: Refusal[];
};

/** What a reader of one form found, before the rules of the engine judge it. */
export type Found = {
  form: string;
  engine: PasteEngine;
  /** fields that the form itself places: the host of a URL, the address of a descriptor; the key is shown when it is refused */
  parts: { field: keyof EngineFields; key: string; value: string }[];
  /** named settings, for the engine's rules */
  settings: { key: string; value: string; /** the rule's key, where it is not the one shown */ name?: string }[];
  /** a setting may name the server; elsewhere, where the text has named it already, that is an override and refused */
  namesHost: boolean;
  /** times without a unit in their key are seconds; false: milliseconds */
  seconds: boolean;
  refused: Refusal[];
  ignored: string[];
};

/** A text that is refused as a whole. The message is one sentence, says where, and never repeats a part of the text. */
export class TextRefused extends Error {
  override readonly name = 'TextRefused';
}

/** `character 12`, or `line 3, character 4` where there are several. */
export function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const character = `character ${(before.at(-1)?.length ?? 0) + 1}`;
  return text.includes('\n') ? `line ${before.length}, ${character}` : character;
}
