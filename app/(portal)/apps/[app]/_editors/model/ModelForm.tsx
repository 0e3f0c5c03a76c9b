'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useEffect, useEffectEvent, useId, useMemo } from 'react';
import { definitionOfType } from '#elements/database/definitions.ts';
import { modelSchema } from '#elements/model/model.ts';
import type { NamedModel } from '#elements/model/model.ts';
import { bodyOfDraft } from '#elements/model/ui/body-of-draft.ts';
import { IndexTable } from '#elements/model/ui/IndexTable.tsx';
import { issuesOfDraft, placeOf } from '#elements/model/ui/issues-of-draft.ts';
import type { DraftIssues } from '#elements/model/ui/issues-of-draft.ts';
import type { ModelDraft } from '#elements/model/ui/model-draft.ts';
import type { AppOverview, ElementDetail } from '#lib/http/api.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useTab, useWorkbench } from '../../_workbench/workbench-context.ts';
import { ConflictDialog } from '../element/ConflictDialog.tsx';
import { ApiTab } from './ApiTab.tsx';
import { byField } from './by-field.ts';
import { FieldsTab } from './FieldsTab.tsx';
import { MODEL_TABS, ModelHeader } from './ModelHeader.tsx';
import type { ModelTab } from './ModelHeader.tsx';
import { ModelSource } from './ModelSource.tsx';
import { RowsTab } from './RowsTab.tsx';
import { SqlTab } from './SqlTab.tsx';
import { useModelDraft } from './use-model-draft.ts';
import { useModels } from './use-models.ts';
import { useSaveModel } from './use-save-model.ts';

type Props = { fullName: string; overview: AppOverview; detail: ElementDetail | null };

/** One model: what is on the screen may be unsaved; rows and API are those of the release that serves. */
export function ModelForm({ fullName, overview, detail }: Props) {
  const { app, mayEdit } = useWorkbench();
  const { active } = useTab();
  const [search, setSearch] = useSearch();
  const formId = useId();
  const models = useModels(app);
  const { state, setState, dirty, reset } = useModelDraft(fullName, detail, overview);
  const { draft } = state;
  const setDraft = (next: ModelDraft) => setState((now) => ({ ...now, draft: next }));
  const issues = useMemo(
    () => issuesOfDraft(draft, fullName, surroundingsOf(models, overview, draft.database)),
    [draft, fullName, models, overview],
  );
  const saving = useSaveModel({ fullName, detail, state, wrong: issues.size > 0, onSaved: reset });
  useEditor({ dirty, ...(mayEdit ? { save: saving.save } : {}) });

  const pointedTo = search.get('field');
  const goTo = useEffectEvent((field: string) => {
    setSearch('field', '');
    const place = placeOf({ field }, draft);
    if (field === 'table')
      document.querySelector<HTMLInputElement>(`#${CSS.escape(formId)} [aria-label="Table"]`)?.focus();
    else
      document
        .querySelector<HTMLInputElement>(`#${CSS.escape(formId)} [data-field="${place.slice(2)}"] input`)
        ?.focus();
  });
  useEffect(() => {
    if (!pointedTo || !active) return;
    const frame = requestAnimationFrame(() => goTo(pointedTo));
    return () => cancelAnimationFrame(frame);
  }, [pointedTo, active]);

  const wanted = search.get('tab') as ModelTab | null;
  const tab = wanted !== null && MODEL_TABS.includes(wanted) ? wanted : 'fields';
  const told = saving.tried ? issues : withoutNew(issues, draft);
  const shown = saving.refusal ? merged(told, saving.refusal.issues) : told;
  const all = useMemo(() => withThis(models, fullName, draft), [models, fullName, draft]);
  const targets = useMemo(() => targetsOf(all, overview, draft.database), [all, overview, draft.database]);
  const rest = shown.get('') ?? [];
  return (
    <Box id={formId} sx={{ minHeight: '100%', display: 'flex', flexDirection: 'column' }}>
      <ModelHeader
        fullName={fullName}
        isNew={detail === null}
        dirty={dirty || detail === null}
        saving={saving.busy}
        tab={tab}
        wrong={{
          fields: [...shown.keys()].some((place) => !place.startsWith('i:')),
          indexes: [...shown.keys()].some((place) => place.startsWith('i:')),
        }}
        onTab={(next) => setSearch('tab', next === 'fields' ? '' : next)}
        onSave={() => void saving.save()}
      />
      <Box
        role="tabpanel"
        id={`${fullName}-${tab}`}
        aria-label={tab}
        sx={{
          flex: 1,
          minHeight: 0,
          p: { xs: 3, sm: 5 },
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr)',
          gap: 4,
          alignContent: 'start',
        }}
      >
        {saving.refusal || rest.length > 0 ? (
          <Alert severity="error" role="alert">
            {[saving.refusal?.message, ...(saving.refusal?.others ?? []), ...rest]
              .filter((each, index, all) => each && all.indexOf(each) === index)
              .map((each) => (
                <div key={each}>{each}</div>
              ))}
          </Alert>
        ) : null}
        {tab === 'fields' ? (
          <FieldsTab
            fullName={fullName}
            overview={overview}
            saved={detail}
            state={state}
            issues={shown}
            targets={targets}
            models={all}
            readOnly={!mayEdit}
            onState={setState}
          />
        ) : tab === 'indexes' ? (
          <IndexTable draft={draft} issues={shown} readOnly={!mayEdit} onChange={setDraft} />
        ) : tab === 'source' ? (
          <ModelSource
            fullName={fullName}
            path={detail?.file.path}
            draft={draft}
            readOnly={!mayEdit}
            onDraft={setDraft}
          />
        ) : tab === 'sql' ? (
          <SqlTab fullName={fullName} state={state} wrong={issues.size > 0} active={active} />
        ) : tab === 'rows' ? (
          <RowsTab fullName={fullName} />
        ) : (
          <ApiTab fullName={fullName} />
        )}
      </Box>
      {saving.conflict ? (
        <ConflictDialog
          theirs={{ ...saving.conflict, body: byField(saving.conflict.body) }}
          mine={byField(bodyOfDraft(draft))}
          base={detail && { ...detail, body: byField(detail.body) }}
          onReload={saving.reload}
          onOverwrite={saving.overwrite}
          onClose={saving.closeConflict}
        />
      ) : null}
    </Box>
  );
}

function databaseOf(overview: AppOverview) {
  return (model: NamedModel) => model.body.database ?? overview.defaultDatabase;
}

function surroundingsOf(models: ReadonlyMap<string, NamedModel> | null, overview: AppOverview, database: string) {
  if (models === null) return null;
  const element = overview.elements.find((each) => each.fullName === (database || overview.defaultDatabase));
  const definition = element ? definitionOfType(element.type) : undefined;
  return { models, databaseOf: databaseOf(overview), capabilities: definition?.capabilities ?? null };
}

/** All models, this one as it stands on the screen: it may refer to itself. */
function withThis(models: ReadonlyMap<string, NamedModel> | null, fullName: string, draft: ModelDraft) {
  const parsed = modelSchema.safeParse(bodyOfDraft(draft));
  if (models === null || !parsed.success) return models;
  return new Map(models).set(fullName, { id: fullName, fullName, body: parsed.data });
}

/** Models on the same database: the only ones a reference may lead to. */
function targetsOf(models: ReadonlyMap<string, NamedModel> | null, overview: AppOverview, database: string) {
  const here = database || overview.defaultDatabase;
  return new Map([...(models ?? [])].filter(([, model]) => databaseOf(overview)(model) === here));
}

/** A row that has just been added is not wrong yet. */
function withoutNew(issues: DraftIssues, draft: ModelDraft): DraftIssues {
  const fresh = new Set([
    ...draft.fields.filter((field) => field.name === '').map((field) => `f:${field.id}`),
    ...draft.indexes.filter((index) => index.name === '').map((index) => `i:${index.key}`),
    ...draft.references.filter((reference) => reference.name === '').map((reference) => `r:${reference.id}`),
  ]);
  return new Map([...issues].filter(([place]) => !fresh.has(place)));
}

function merged(one: DraftIssues, other: DraftIssues): DraftIssues {
  const both = new Map(one);
  for (const [place, messages] of other) both.set(place, [...new Set([...(both.get(place) ?? []), ...messages])]);
  return both;
}
