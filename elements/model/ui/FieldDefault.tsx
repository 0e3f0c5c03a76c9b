'use client';
import { CellInput, CellSelect } from './CellInput.tsx';
import type { FieldDraft } from './model-draft.ts';

type Props = { field: FieldDraft; called: string; disabled: boolean; onSet: (change: Partial<FieldDraft>) => void };

const HINTS: Partial<Record<FieldDraft['type'], string>> = {
  date: 'now',
  time: 'now',
  datetime: 'now',
  instant: 'now',
  uuid: 'uuid',
};

/** The default of a field: a choice where the type has few values, else a text. */
export function FieldDefault({ field, called, disabled, onSet }: Props) {
  const label = `Default of ${called}`;
  const options =
    field.type === 'boolean'
      ? ['true', 'false']
      : field.type === 'choice'
        ? field.options.split('\n').filter((option) => option !== '')
        : null;
  const take = (text: string) => onSet({ default: text === '' ? null : text });
  if (options)
    return (
      <CellSelect
        label={label}
        value={field.default ?? ''}
        options={{ '': 'none', ...Object.fromEntries(options.map((each) => [each, each])) }}
        disabled={disabled}
        onText={take}
      />
    );
  return (
    <CellInput
      label={label}
      mono
      value={field.default ?? ''}
      placeholder={field.default === '' ? 'the empty text' : (HINTS[field.type] ?? '')}
      disabled={disabled || field.type === 'binary'}
      onText={take}
    />
  );
}
