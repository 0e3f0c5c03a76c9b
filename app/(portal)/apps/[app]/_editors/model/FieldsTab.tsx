'use client';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { NamedModel } from '#elements/model/model.ts';
import { FieldTable } from '#elements/model/ui/FieldTable.tsx';
import type { DraftIssues } from '#elements/model/ui/issues-of-draft.ts';
import { freeId, newField } from '#elements/model/ui/model-draft.ts';
import type { ModelDraft } from '#elements/model/ui/model-draft.ts';
import { ReferenceDialog } from '#elements/model/ui/ReferenceDialog.tsx';
import { ReferenceList } from '#elements/model/ui/ReferenceList.tsx';
import type { AppOverview, ElementDetail } from '#lib/http/api.ts';
import { ModelSettings } from './ModelSettings.tsx';
import type { ModelState } from './use-model-draft.ts';

type Props = {
  fullName: string;
  overview: AppOverview;
  saved: ElementDetail | null;
  state: ModelState;
  issues: DraftIssues;
  targets: ReadonlyMap<string, NamedModel>;
  /** null while they are not known */
  models: ReadonlyMap<string, NamedModel> | null;
  readOnly: boolean;
  onState: (next: (now: ModelState) => ModelState) => void;
};

/** Where the table lies, its fields, and references over several of them. */
export function FieldsTab(props: Props) {
  const { fullName, overview, saved, state, issues, targets, models, readOnly, onState } = props;
  const { draft } = state;
  const [picking, setPicking] = useState<string | null>(null);
  const setDraft = (next: ModelDraft) => onState((now) => ({ ...now, draft: next }));
  const picked = draft.fields.find((field) => field.id === picking);
  const add = () => {
    const id = freeId('f', draft.fields);
    setDraft({ ...draft, fields: [...draft.fields, newField(id)] });
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`[data-field="${id}"] input`)?.focus());
  };
  return (
    <>
      <ModelSettings
        fullName={fullName}
        overview={overview}
        saved={saved}
        state={state}
        issues={issues}
        readOnly={readOnly}
        onState={onState}
      />
      <Box sx={{ overflowX: 'auto', mx: { xs: 0, md: -1 } }}>
        <FieldTable draft={draft} issues={issues} readOnly={readOnly} onChange={setDraft} onReference={setPicking} />
      </Box>
      {readOnly ? null : (
        <Box>
          <Button variant="outlined" color="inherit" startIcon={<AddIcon />} onClick={add}>
            Add a field
          </Button>
        </Box>
      )}
      <ReferenceList draft={draft} issues={issues} targets={targets} readOnly={readOnly} onChange={setDraft} />
      {picked && models ? (
        <ReferenceDialog
          owner={fullName.split('.').at(-1) ?? ''}
          field={picked}
          targets={targets}
          models={models}
          onClose={() => setPicking(null)}
          onChoose={(change) => {
            setDraft({
              ...draft,
              fields: draft.fields.map((field) => (field === picked ? { ...field, ...change } : field)),
            });
            setPicking(null);
          }}
        />
      ) : null}
    </>
  );
}
