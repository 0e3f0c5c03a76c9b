'use client';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { FieldLine } from './FieldLine.tsx';
import type { DraftIssues } from './issues-of-draft.ts';
import { keyOf } from './model-draft.ts';
import type { FieldDraft, ModelDraft } from './model-draft.ts';

type Props = {
  draft: ModelDraft;
  issues: DraftIssues;
  readOnly: boolean;
  onChange: (next: ModelDraft) => void;
  /** opens the picker for a field of type reference */
  onReference: (id: string) => void;
};

const HEADINGS = ['Name', 'Type', 'Details', 'Required', 'Unique', 'Key', 'Generated', 'Default', 'Column', 'Comment'];
const WIDTHS = ['15%', '104px', '15%', '62px', '56px', '52px', '108px', '11%', '12%', '15%', '112px'];

/** Fields as a table edited in place. Rows move by their handle, by buttons, and by Alt with an arrow key. */
export function FieldTable({ draft, issues, readOnly, onChange, onReference }: Props) {
  const [dragged, setDragged] = useState<string | null>(null);
  const key = keyOf(draft);
  const set = (id: string, change: Partial<FieldDraft>) =>
    onChange({
      ...draft,
      fields: draft.fields.map((field) => (field.id === id ? { ...field, ...change } : field)),
      ...('primaryKey' in change
        ? {
            keyOrder: change.primaryKey
              ? [...key.filter((each) => each !== id), id]
              : key.filter((each) => each !== id),
          }
        : {}),
    });
  const move = (id: string, to: number) => {
    const rest = draft.fields.filter((field) => field.id !== id);
    const moved = draft.fields.find((field) => field.id === id);
    if (moved && to >= 0 && to <= rest.length) onChange({ ...draft, fields: rest.toSpliced(to, 0, moved) });
  };
  const remove = (id: string, removed: boolean) => {
    const field = draft.fields.find((each) => each.id === id);
    // a row that was never filled has nothing to take back
    if (removed && field?.name === '') onChange({ ...draft, fields: draft.fields.filter((each) => each.id !== id) });
    else set(id, { removed });
  };
  return (
    <Box
      component="table"
      aria-label="Fields"
      sx={{
        width: '100%',
        minWidth: { md: 1080 },
        tableLayout: { md: 'fixed' },
        borderCollapse: 'collapse',
        display: { xs: 'block', md: 'table' },
        '& th': { fontSize: 12, fontWeight: 550, color: 'text.secondary', textAlign: 'left', px: 0.75, py: 1 },
        '& td': { px: 0.75, py: 0.75, verticalAlign: 'top' },
        '& thead': { display: { xs: 'none', md: 'table-header-group' } },
        '& tbody': { display: { xs: 'grid', md: 'table-row-group' }, gap: 3 },
      }}
    >
      <thead>
        <tr>
          {[...HEADINGS, ''].map((heading, index) => (
            <Box component="th" key={heading} scope="col" sx={{ width: WIDTHS[index] }}>
              {heading || <span className="visually-hidden">Actions</span>}
            </Box>
          ))}
        </tr>
      </thead>
      <tbody>
        {draft.fields.map((field, index) => (
          <FieldLine
            key={field.id}
            field={field}
            issues={issues.get(`f:${field.id}`) ?? []}
            keyPosition={key.length > 1 && field.primaryKey ? key.indexOf(field.id) + 1 : null}
            readOnly={readOnly}
            first={index === 0}
            last={index === draft.fields.length - 1}
            dragged={dragged === field.id}
            onSet={(change) => set(field.id, change)}
            onMove={(by) => move(field.id, index + by)}
            onRemove={(removed) => remove(field.id, removed)}
            onReference={() => onReference(field.id)}
            onDrag={() => setDragged(field.id)}
            onDragEnd={() => setDragged(null)}
            onDrop={() => {
              if (dragged !== null) move(dragged, index);
              setDragged(null);
            }}
          />
        ))}
      </tbody>
    </Box>
  );
}
