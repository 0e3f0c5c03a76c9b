'use client';
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { NamedModel } from '../model.ts';
import { keyFields } from '../model-keys.ts';
import { CellInput, CellSelect } from './CellInput.tsx';
import type { DraftIssues } from './issues-of-draft.ts';
import { freeId } from './model-draft.ts';
import type { ModelDraft, ReferenceDraft } from './model-draft.ts';
import { ACTIONS } from './type-words.ts';

type Props = {
  draft: ModelDraft;
  issues: DraftIssues;
  targets: ReadonlyMap<string, NamedModel>;
  readOnly: boolean;
  onChange: (next: ModelDraft) => void;
};

/** References over several fields: pairs of a field here and one there. */
export function ReferenceList({ draft, issues, targets, readOnly, onChange }: Props) {
  const set = (id: string, change: Partial<ReferenceDraft>) =>
    onChange({
      ...draft,
      references: draft.references.map((each) => (each.id === id ? { ...each, ...change } : each)),
    });
  const here = Object.fromEntries(
    draft.fields.filter((field) => !field.removed && field.name).map(({ id, name }) => [id, name]),
  );
  const add = () => {
    const [first = ''] = targets.keys();
    const to = keyFields(targets.get(first)?.body ?? { table: '', fields: [] });
    const id = freeId('r', draft.references);
    onChange({
      ...draft,
      references: [
        ...draft.references,
        { id, name: '', model: first, fields: to.map(() => ''), to, onDelete: '', onUpdate: '' },
      ],
    });
  };
  return (
    <Box
      component="section"
      aria-label="References over several fields"
      sx={{ display: 'grid', gap: 2, maxWidth: 860 }}
    >
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="h3" component="h2">
          References over several fields
        </Typography>
        {readOnly || targets.size === 0 ? null : (
          <Button color="inherit" startIcon={<AddIcon />} onClick={add}>
            Add one
          </Button>
        )}
      </Box>
      {draft.references.map((reference) => {
        const called = reference.name || 'the new reference';
        const there = targets.get(reference.model)?.body.fields ?? [];
        const wrong = issues.get(`r:${reference.id}`) ?? [];
        return (
          <Box
            key={reference.id}
            role="group"
            aria-label={`Reference ${called}`}
            sx={{ border: 1, borderColor: 'divider', borderRadius: '8px', p: 2, display: 'grid', gap: 2 }}
          >
            <Box
              sx={{
                display: 'grid',
                gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(4, minmax(0, 1fr)) auto' },
                gap: 2,
              }}
            >
              <CellInput
                label={`Name of ${called}`}
                value={reference.name}
                placeholder="name"
                disabled={readOnly}
                aria-invalid={wrong.length > 0}
                onText={(name) => set(reference.id, { name })}
              />
              <CellSelect
                label={`Model of ${called}`}
                value={reference.model}
                options={Object.fromEntries([...targets.keys()].map((name) => [name, name.replace(/^models\./, '')]))}
                disabled={readOnly}
                onText={(model) => {
                  const to = keyFields(targets.get(model)?.body ?? { table: '', fields: [] });
                  set(reference.id, { model, to, fields: to.map((_, index) => reference.fields[index] ?? '') });
                }}
              />
              <CellSelect
                label={`${called}: when it is deleted`}
                value={reference.onDelete}
                options={ACTIONS}
                disabled={readOnly}
                onText={(onDelete) => set(reference.id, { onDelete: onDelete as ReferenceDraft['onDelete'] })}
              />
              <CellSelect
                label={`${called}: when its key changes`}
                value={reference.onUpdate}
                options={ACTIONS}
                disabled={readOnly}
                onText={(onUpdate) => set(reference.id, { onUpdate: onUpdate as ReferenceDraft['onUpdate'] })}
              />
              {readOnly ? null : (
                <IconButton
                  aria-label={`Remove ${called}`}
                  onClick={() =>
                    onChange({ ...draft, references: draft.references.filter((each) => each !== reference) })
                  }
                >
                  <DeleteIcon />
                </IconButton>
              )}
            </Box>
            {reference.to.map((to, index) => (
              <Box
                // oxlint-disable-next-line react/no-array-index-key -- a pair is its place in the list
                key={index}
                sx={{
                  display: 'grid',
                  gridTemplateColumns: '1fr auto 1fr auto',
                  gap: 2,
                  alignItems: 'center',
                  maxWidth: 520,
                }}
              >
                <CellSelect
                  label={`${called}: field ${index + 1} here`}
                  value={reference.fields[index] ?? ''}
                  options={{ '': 'a field here', ...here }}
                  disabled={readOnly}
                  onText={(id) => set(reference.id, { fields: reference.fields.with(index, id) })}
                />
                <span aria-hidden>→</span>
                <CellSelect
                  label={`${called}: field ${index + 1} there`}
                  value={to}
                  options={Object.fromEntries(there.map(({ name }) => [name, name]))}
                  disabled={readOnly}
                  onText={(name) => set(reference.id, { to: reference.to.with(index, name) })}
                />
                {readOnly || reference.to.length < 2 ? (
                  <span />
                ) : (
                  <IconButton
                    aria-label={`Remove pair ${index + 1} of ${called}`}
                    onClick={() =>
                      set(reference.id, {
                        to: reference.to.toSpliced(index, 1),
                        fields: reference.fields.toSpliced(index, 1),
                      })
                    }
                  >
                    <DeleteIcon sx={{ fontSize: 16 }} />
                  </IconButton>
                )}
              </Box>
            ))}
            {readOnly || there.length === 0 ? null : (
              <Box>
                <Button
                  color="inherit"
                  onClick={() =>
                    set(reference.id, {
                      to: [...reference.to, there[0]?.name ?? ''],
                      fields: [...reference.fields, ''],
                    })
                  }
                >
                  Add a pair
                </Button>
              </Box>
            )}
            {wrong.length > 0 ? <Box sx={{ color: 'error.main', fontSize: 12 }}>{wrong.join(' ')}</Box> : null}
          </Box>
        );
      })}
    </Box>
  );
}
