'use client';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
import { isPlace, PlaceFields } from './PlaceFields.tsx';

type Props = {
  title: string;
  submit: string;
  family: Family;
  folder: string;
  name: string;
  elements: ElementNode[];
  onClose: () => void;
  /** @param fullName the place chosen */
  onSubmit: (fullName: string) => Promise<void>;
};

/** Asks for folder and name. References to what moves are rewritten by the operation. */
export function PlaceDialog({ title, submit, family, folder: at, name: proposed, elements, onClose, onSubmit }: Props) {
  const [folder, setFolder] = useState(at);
  const [name, setName] = useState(proposed);
  return (
    <FormDialog
      title={title}
      submit={submit}
      disabled={!isPlace(family, folder, name)}
      onClose={onClose}
      onSubmit={() => onSubmit(`${folder}.${name}`)}
    >
      <PlaceFields
        family={family}
        folder={folder}
        name={name}
        elements={elements}
        onFolder={setFolder}
        onName={setName}
      />
    </FormDialog>
  );
}
