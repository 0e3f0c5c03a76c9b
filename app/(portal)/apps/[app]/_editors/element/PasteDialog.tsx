'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import type { PastedFields } from '#elements/connection/paste/pasted.ts';
import { PastePanel } from '#elements/connection/ui/PastePanel.tsx';
import { readPaste, splitPasted } from '#elements/connection/ui/read-paste.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { titleOfEngine } from '../../_workbench/element-types.ts';

type Props = {
  definition: DatabaseDefinition;
  /** of the form that is filled */
  fields: FieldDefinition[];
  /** the connection that the database is attached to and would leave; '' none */
  connection: string;
  onUse: (fields: PastedFields) => void;
  onClose: () => void;
};

/** A connection text for the element on the screen. Nothing changes before *Use these*, and nothing is sent before a save. */
export function PasteDialog({ definition, fields, connection, onUse, onClose }: Props) {
  const [text, setText] = useState('');
  const deferred = useDeferredValue(text);
  const read = useMemo(() => readPaste(deferred, definition.engine), [deferred, definition]);
  const engineTitle = titleOfEngine(read.pasted?.engine ?? '');
  const fits = read.pasted?.engine === definition.engine;
  const taken = read.pasted && fits ? splitPasted(read.pasted, fields).taken : [];
  const leaves = connection !== '' && taken.some(({ group }) => group !== 'own');
  return (
    <FormDialog
      title="Paste a connection text"
      submit="Use these"
      width="sm"
      disabled={taken.length === 0 || deferred !== text}
      onClose={onClose}
      onSubmit={async () => onUse(read.pasted?.fields ?? {})}
    >
      <PastePanel
        text={text}
        onText={setText}
        read={read}
        engineTitle={engineTitle}
        fields={fits ? fields : null}
        misfit={
          read.pasted && !fits
            ? `This is a text of ${engineTitle}, and this element is ${definition.title}, which stays. Add a new element for it.`
            : null
        }
      />
      {leaves ? (
        <div>
          It names a server of its own: the database leaves <code>{connection}</code> and has these settings itself.
        </div>
      ) : null}
    </FormDialog>
  );
}
