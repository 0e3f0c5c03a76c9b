'use client';
import { FormDialog } from '#app/_components/FormDialog.tsx';

type Props = {
  environment: string;
  number: number | null;
  onClose: () => void;
  onConfirm: () => Promise<void>;
};

export function RollBackDialog({ environment, number, onClose, onConfirm }: Props) {
  return (
    <FormDialog
      title={`Roll ${environment} back to release ${number}`}
      submit="Roll back"
      color="warning"
      onClose={onClose}
      onSubmit={onConfirm}
    >
      <div>
        Release {number} serves again, with the values that {environment} has now. No schema is altered: where it no
        longer fits the release, the roll back is refused and says why.
      </div>
    </FormDialog>
  );
}
