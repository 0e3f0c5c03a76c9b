'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { columnType } from '../column-type.ts';
import { keyFields } from '../model-keys.ts';
import type { NamedModel } from '../model.ts';
import { CellSelect } from './CellInput.tsx';
import type { FieldDraft } from './model-draft.ts';
import { ACTIONS } from './type-words.ts';

type Props = {
  /** short name of the model the field stands in */
  owner: string;
  field: FieldDraft;
  /** models on the same database, by fullName */
  targets: ReadonlyMap<string, NamedModel>;
  /** all models, for the types of targets that are references themselves */
  models: ReadonlyMap<string, NamedModel>;
  onClose: () => void;
  onChoose: (change: Pick<FieldDraft, 'model' | 'to' | 'onDelete' | 'onUpdate'>) => void;
};

/** Chooses what a field refers to; shows both ends. */
export function ReferenceDialog({ owner, field, targets, models, onClose, onChoose }: Props) {
  const [model, setModel] = useState(field.model || ([...targets.keys()][0] ?? ''));
  const [to, setTo] = useState(field.to);
  const [onDelete, setOnDelete] = useState(field.onDelete);
  const [onUpdate, setOnUpdate] = useState(field.onUpdate);
  const target = targets.get(model);
  const key = target ? keyFields(target.body) : [];
  const pointed = to || (key.length === 1 ? (key[0] ?? '') : '');
  const there = target?.body.fields.find((each) => each.name === pointed);
  const type = there ? columnType(there, models) : null;
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onChoose({ model, to: to === key[0] && key.length === 1 ? '' : to, onDelete, onUpdate });
        }}
      >
        <DialogTitle>Reference {field.name}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 3 }}>
          {targets.size === 0 ? <div>No model lies on this database yet. Save one, then refer to it.</div> : null}
          <Row label="Model">
            <CellSelect
              label="Model referred to"
              value={model}
              options={Object.fromEntries([...targets.keys()].map((name) => [name, name.replace(/^models\./, '')]))}
              onText={(next) => {
                setModel(next);
                setTo('');
              }}
            />
          </Row>
          <Row label="Field">
            <CellSelect
              label="Field referred to"
              value={to}
              options={{
                '': key.length === 1 ? `primary key (${key[0]})` : 'choose a field',
                ...Object.fromEntries(
                  (target?.body.fields ?? [])
                    .filter((each) => each.unique === true && each.name !== key[0])
                    .map((each) => [each.name, each.name]),
                ),
              }}
              onText={setTo}
            />
          </Row>
          <Row label="When it is deleted">
            <CellSelect
              label="When it is deleted"
              value={onDelete}
              options={ACTIONS}
              onText={(next) => setOnDelete(next as FieldDraft['onDelete'])}
            />
          </Row>
          <Row label="When its key changes">
            <CellSelect
              label="When its key changes"
              value={onUpdate}
              options={ACTIONS}
              onText={(next) => setOnUpdate(next as FieldDraft['onUpdate'])}
            />
          </Row>
          <Box
            aria-live="polite"
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 2,
              alignItems: 'center',
              p: 3,
              borderRadius: '6px',
              bgcolor: 'surface.sunken',
            }}
          >
            <code>
              {owner}.{field.name || '…'}
            </code>
            <span aria-hidden>→</span>
            <span className="visually-hidden">refers to</span>
            <code>
              {model.split('.').at(-1) || '…'}.{pointed || '…'}
            </code>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {type ? `both of type ${type.kind}` : 'no field of one column to point to'}
            </Box>
          </Box>
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" disabled={!target}>
            Use this reference
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '140px minmax(0, 1fr)', alignItems: 'center', gap: 2 }}>
      <span aria-hidden>{label}</span>
      {children}
    </Box>
  );
}
