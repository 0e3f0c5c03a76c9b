'use client';
import { useState } from 'react';
import { bodyFields } from '#elements/connection/body-fields.ts';
import type { BodyFamily } from '#elements/connection/body-fields.ts';
import type { Pasted } from '#elements/connection/paste/pasted.ts';
import { PastePanel } from '#elements/connection/ui/PastePanel.tsx';
import { readPaste } from '#elements/connection/ui/read-paste.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { titleOfEngine } from './element-types.ts';

export type PasteIntoDraftProps = {
  family: BodyFamily;
  /** of the type that is chosen now */
  engine: string | null;
  onRead: (pasted: Pasted | null) => void;
};

/** A connection text to begin with: it proposes the type, and fills the form that opens. */
export function PasteIntoDraft({ family, engine, onRead }: PasteIntoDraftProps) {
  const [text, setText] = useState('');
  const read = readPaste(text, null);
  const definition = definitionList.find((each) => each.engine === read.pasted?.engine);
  const misfit = read.pasted ? misfitOf(read.pasted.engine, family, engine) : null;
  return (
    <PastePanel
      text={text}
      onText={(next) => {
        setText(next);
        onRead(readPaste(next, null).pasted);
      }}
      read={read}
      engineTitle={titleOfEngine(read.pasted?.engine ?? '')}
      fields={definition ? bodyFields(definition, family) : null}
      misfit={misfit}
    />
  );
}

function misfitOf(engine: string, family: BodyFamily, chosen: string | null): string | null {
  const title = titleOfEngine(engine);
  const definition = definitionList.find((each) => each.engine === engine);
  if (!definition) return `This is a text of ${title}, an engine that this portal does not have.`;
  if (family === 'connections' && definition.connectionType === null) {
    return `${title} has no connections. Add a database for it.`;
  }
  return engine === chosen ? null : `This is a text of ${title}. Choose that type below to use it.`;
}
