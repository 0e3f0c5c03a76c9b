'use client';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { FormDialog } from './FormDialog.tsx';
import { LabeledInput } from './LabeledInput.tsx';

type Props = {
  title: string;
  name: string;
  submit: string;
  onClose: () => void;
  onConfirm: () => Promise<void>;
  children: ReactNode;
};

/** For what can not be undone: the name has to be typed. */
export function ConfirmByTyping({ title, name, submit, onClose, onConfirm, children }: Props) {
  const [typed, setTyped] = useState('');
  return (
    <FormDialog
      title={title}
      submit={submit}
      color="error"
      disabled={typed !== name}
      onClose={onClose}
      onSubmit={onConfirm}
    >
      <div>{children}</div>
      <LabeledInput
        autoFocus
        mono
        autoComplete="off"
        label={
          <>
            Type <code>{name}</code> to confirm
          </>
        }
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FormDialog>
  );
}
