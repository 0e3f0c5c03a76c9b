'use client';
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import { CellCheck, CellInput, CellSelect } from './CellInput.tsx';
import type { DraftIssues } from './issues-of-draft.ts';
import type { IndexDraft, ModelDraft } from './model-draft.ts';

type Props = { draft: ModelDraft; issues: DraftIssues; readOnly: boolean; onChange: (next: ModelDraft) => void };

/** Indexes with their fields in order. */
export function IndexTable({ draft, issues, readOnly, onChange }: Props) {
  const set = (key: string, change: Partial<IndexDraft>) =>
    onChange({ ...draft, indexes: draft.indexes.map((each) => (each.key === key ? { ...each, ...change } : each)) });
  const nameOf = (id: string) => draft.fields.find((field) => field.id === id)?.name ?? id;
  const add = () => {
    let number = draft.indexes.length;
    while (draft.indexes.some((each) => each.key === `i${number}`)) number += 1;
    onChange({ ...draft, indexes: [...draft.indexes, { key: `i${number}`, name: '', fields: [], unique: false }] });
  };
  return (
    <Box sx={{ display: 'grid', gap: 2, maxWidth: 860 }}>
      {draft.indexes.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>
          No indexes. Primary keys and unique fields have theirs already; add one for what rows are found or sorted by.
        </Box>
      ) : null}
      {draft.indexes.map((index) => {
        const called = index.name || 'the new index';
        const left = draft.fields.filter((field) => !field.removed && field.name && !index.fields.includes(field.id));
        const wrong = issues.get(`i:${index.key}`) ?? [];
        return (
          <Box
            key={index.key}
            role="group"
            aria-label={`Index ${called}`}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 2,
              alignItems: 'center',
              border: 1,
              borderColor: 'divider',
              borderRadius: '8px',
              p: 2,
            }}
          >
            <Box sx={{ flex: '0 1 230px', minWidth: 160 }}>
              <CellInput
                label={`Name of ${called}`}
                mono
                value={index.name}
                placeholder={`${draft.table}_${index.fields.map(nameOf).join('_') || '…'}`}
                aria-invalid={wrong.length > 0}
                disabled={readOnly}
                onText={(name) => set(index.key, { name })}
              />
            </Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, flex: '1 1 260px', alignItems: 'center' }}>
              {index.fields.map((id, position) => (
                <Chip
                  key={id}
                  label={`${position + 1}. ${nameOf(id)}`}
                  {...(readOnly
                    ? {}
                    : { onDelete: () => set(index.key, { fields: index.fields.filter((each) => each !== id) }) })}
                />
              ))}
              {readOnly || left.length === 0 ? null : (
                <Box sx={{ width: 130 }}>
                  <CellSelect
                    label={`Add a field to ${called}`}
                    value=""
                    options={{ '': 'add a field', ...Object.fromEntries(left.map(({ id, name }) => [id, name])) }}
                    onText={(id) =>
                      id &&
                      set(index.key, {
                        fields: [...index.fields, id],
                        ...(index.name === '' || index.name === nameFor(draft, index.fields.map(nameOf))
                          ? { name: nameFor(draft, [...index.fields, id].map(nameOf)) }
                          : {}),
                      })
                    }
                  />
                </Box>
              )}
            </Box>
            <Box component="label" sx={{ display: 'flex', alignItems: 'center' }}>
              <CellCheck
                label={`${called} is unique`}
                checked={index.unique}
                disabled={readOnly}
                onCheck={(unique) => set(index.key, { unique })}
              />
              unique
            </Box>
            {readOnly ? null : (
              <IconButton
                aria-label={`Remove ${called}`}
                onClick={() => onChange({ ...draft, indexes: draft.indexes.filter((each) => each !== index) })}
              >
                <DeleteIcon />
              </IconButton>
            )}
            {wrong.length > 0 ? (
              <Box sx={{ flexBasis: '100%', color: 'error.main', fontSize: 12 }}>{wrong.join(' ')}</Box>
            ) : null}
          </Box>
        );
      })}
      {readOnly ? null : (
        <Box>
          <Button variant="outlined" color="inherit" startIcon={<AddIcon />} onClick={add}>
            Add an index
          </Button>
        </Box>
      )}
    </Box>
  );
}

const nameFor = (draft: ModelDraft, names: string[]): string => [draft.table, ...names].join('_').slice(0, 60);
