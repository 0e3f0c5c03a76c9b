'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react';
import { FormProvider, useWatch } from 'react-hook-form';
import { useLatest } from '#app/_components/use-latest.ts';
import { bodyFields } from '#elements/connection/body-fields.ts';
import { isReference } from '#elements/connection/fields.ts';
import type { FieldDefinition, FieldTree } from '#elements/connection/fields.ts';
import { FieldHostContext, inputId } from '#elements/connection/ui/field-host.ts';
import type { VariableRequest } from '#elements/connection/ui/field-host.ts';
import { FieldGroups } from '#elements/connection/ui/FieldGroups.tsx';
import { fillForm } from '#elements/connection/ui/fill-form.ts';
import { bodyOf, proposedKey, slot, valuesOf } from '#elements/connection/ui/form-values.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import { useBodyForm } from '#elements/connection/ui/use-body-form.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { takePasted } from '../../_workbench/pasted-drafts.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useTab, useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { AcknowledgeDialog } from './AcknowledgeDialog.tsx';
import { AboutFields } from './AboutFields.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { ConnectionChoice } from './ConnectionChoice.tsx';
import { draftOnScreen } from './draft-on-screen.ts';
import { ElementHeader } from './ElementHeader.tsx';
import type { Mode } from './ElementHeader.tsx';
import { EditorColumns } from './EditorColumns.tsx';
import { GrantScripts } from './GrantScripts.tsx';
import { InheritedFields } from './InheritedFields.tsx';
import { PasteAction } from './PasteAction.tsx';
import { Provenance } from './Provenance.tsx';
import { ReachStrip } from './reach/ReachStrip.tsx';
import { serverNames } from './server-names.ts';
import { SourceView } from './SourceView.tsx';
import { TestPanel } from './test/TestPanel.tsx';
import { useTestRun } from './test/use-test-run.ts';
import { useCertificateCheck } from './use-certificate-check.ts';
import { useSaveElement } from './use-save-element.ts';

type Props = { definition: DatabaseDefinition; type: string; fullName: string; detail: ElementDetail | null };

/** Form, source view and test of one element; what is on the screen may be unsaved. */
export function ElementForm({ definition, type, fullName, detail }: Props) {
  const { app, mayEdit, open, showPanel, closePanel } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { id: tabId, active } = useTab();
  const [search, setSearch] = useSearch();
  const formId = useId();
  const family = fullName.startsWith('connections.') ? 'connections' : 'databases';
  const all = useMemo(() => bodyFields(definition, family), [definition, family]);
  const [begun] = useState(() => begunWith(search));
  const initial = useMemo(
    () => valuesOf(all, headingOf(detail, fullName), detail?.body ?? begun),
    [all, detail, fullName, begun],
  );
  const form = useBodyForm(definition, family, initial);
  const [mode, setMode] = useState<Mode>('form');
  const [sourceWrong, setSourceWrong] = useState(false);
  const connection = useWatch({ control: form.control, name: 'connection' });
  const tls = useWatch({ control: form.control, name: 'fields.tls/mode' });
  const attached = connection !== '';
  const allowed = useMemo(() => bodyFields(definition, family, attached), [definition, family, attached]);
  const saving = useSaveElement({ app, tabId, type, fullName, detail, form, allowed, definition, family });
  const test = useTestRun(app, fullName);
  const dirty = form.formState.isDirty || detail === null;

  // saved elsewhere while nothing was changed here: show that; what was changed here is compared on save
  const { isDirty } = form.formState;
  const follow = useEffectEvent((values: FormValues) => {
    if (!isDirty) form.reset(values);
  });
  useEffect(() => follow(initial), [initial]);
  // pasted in the Add dialog, for this draft
  useEffect(() => {
    const pasted = detail === null ? takePasted(fullName) : null;
    if (pasted) fillForm(form, all, pasted, (field) => proposedKey(fullName, field));
  }, [detail, fullName, form, all]);

  const onScreen = () => draftOnScreen(type, fullName, allowed, form.getValues());
  const runTest = () => void test.run(dirty ? onScreen() : null);
  // *Test* of the tree; a reload does not test again
  const testNow = search.get('test') === 'now';
  const testAsAsked = useEffectEvent(() => {
    setSearch('test', '');
    if (mayEdit) runTest();
  });
  useEffect(() => {
    if (testNow && active) testAsAsked();
  }, [testNow, active]);
  const focusField = (field: string) => {
    // what an attached database inherits is mended where it stands
    if (!allowed.some((each) => each.name === field)) return open(connection);
    setMode('form');
    requestAnimationFrame(() => {
      const input = document.getElementById(inputId(formId, field));
      input?.closest('details')?.setAttribute('open', '');
      input?.scrollIntoView({ block: 'center' });
      input?.focus();
    });
  };
  const setterOf = (name: string) => {
    const field = allowed.find((each) => each.name === name);
    if (!field || !mayEdit) return null;
    return (value: string) => {
      const typed = field.kind === 'number' ? Number(value) : value;
      form.setValue(`fields.${slot(name)}`, typed, { shouldDirty: true, shouldValidate: true });
      focusField(name);
    };
  };
  // a reason elsewhere leads to its field
  const pointedTo = search.get('field');
  const goTo = useEffectEvent((field: string) => {
    setSearch('field', '');
    focusField(field);
  });
  useEffect(() => {
    if (!pointedTo || !active) return;
    const frame = requestAnimationFrame(() => goTo(pointedTo));
    return () => cancelAnimationFrame(frame);
  }, [pointedTo, active]);
  useEditor({
    dirty: form.formState.isDirty,
    ...(mayEdit ? { save: () => (sourceWrong ? Promise.resolve(false) : saving.save()), test: runTest } : {}),
  });

  const draft = useLatest(onScreen);
  const certificates = useCertificateCheck({
    app,
    environment,
    type,
    fullName,
    control: form.control,
    fields: allowed,
    enabled: mayEdit,
  });
  const namesOf = useMemo(() => serverNames(app, environment, () => draft.current()), [app, environment, draft]);
  const host = useMemo(
    () => ({
      formId,
      readOnly: !mayEdit,
      proposedKey: (field: string) => proposedKey(fullName, field),
      chooseVariable: (field: FieldDefinition, request: VariableRequest) =>
        showPanel('variable', {
          element: fullName,
          field,
          current: request.current,
          literal: request.literal,
          proposedKey: proposedKey(fullName, field.name),
          proposedName: `${fullName.split('.').at(-1)} ${field.label.toLowerCase()}`,
          bind: (key) => {
            request.bind(key);
            showPanel('variable', {
              element: fullName,
              field,
              current: key,
              literal: null,
              proposedKey: key,
              proposedName: '',
              bind: request.bind,
            });
          },
        }),
      releaseVariable: closePanel,
      namesOf: mayEdit && definition.connectionType !== null && family === 'databases' ? namesOf : undefined,
      Provenance,
      blamed: test.blamed,
      certificates,
    }),
    [formId, mayEdit, fullName, definition, family, namesOf, showPanel, closePanel, test.blamed, certificates],
  );

  return (
    <FormProvider {...form}>
      <FieldHostContext value={host}>
        <ElementHeader
          definition={definition}
          fullName={fullName}
          isNew={detail === null}
          dirty={dirty}
          mode={mode}
          sourceWrong={sourceWrong}
          testing={test.running}
          saving={saving.busy}
          onMode={setMode}
          onTest={runTest}
          onSave={() => void saving.save()}
        />
        <EditorColumns
          aside={
            test.stages.length > 0 ? (
              <TestPanel run={test} labels={all} onField={focusField} setterOf={setterOf} onAgain={runTest} />
            ) : null
          }
        >
          {saving.refusal ? (
            <Alert severity="error" role="alert" sx={{ mb: 4 }}>
              {saving.refusal}
            </Alert>
          ) : null}
          {family === 'connections' && detail ? (
            <ReachStrip fullName={fullName} changed={form.formState.isDirty} draft={onScreen} />
          ) : null}
          {mode === 'source' ? (
            <SourceView
              definition={definition}
              family={family}
              path={detail?.file.path ?? `${fullName.replaceAll('.', '/')}/${fullName.split('.').at(-1)}.json`}
              all={all}
              onWrong={setSourceWrong}
            />
          ) : (
            <Box
              component="form"
              noValidate
              autoComplete="off"
              aria-label={`${fullName}`}
              onSubmit={(event) => event.preventDefault()}
            >
              <PasteAction definition={definition} fields={all} />
              {family === 'databases' && definition.connectionType !== null ? (
                <ConnectionChoice
                  definition={definition}
                  isNew={detail === null}
                  make={saving.makeConnection}
                  onMake={saving.setMakeConnection}
                />
              ) : null}
              <FieldGroups
                fields={allowed}
                tlsMode={tls === '' || tls === undefined || isReference(tls) ? null : String(tls)}
              />
              {family === 'databases' && definition.connectionType !== null ? (
                <GrantScripts app={app} environment={environment} draft={onScreen} />
              ) : null}
              {attached ? <InheritedFields definition={definition} connection={connection} /> : null}
              <AboutFields />
            </Box>
          )}
        </EditorColumns>
        {saving.unproven ? (
          <AcknowledgeDialog
            failure={saving.unproven}
            onSave={saving.acknowledge}
            onClose={saving.keepEditing}
            onTest={
              saving.unproven.reasons.some(({ code }) => code === 'not-tested')
                ? () => {
                    saving.keepEditing();
                    runTest();
                  }
                : undefined
            }
          />
        ) : null}
        {saving.conflict ? (
          <ConflictDialog
            theirs={saving.conflict}
            mine={bodyOf(allowed, form.getValues())}
            base={detail}
            onReload={saving.reload}
            onOverwrite={saving.overwrite}
            onClose={saving.closeConflict}
          />
        ) : null}
      </FieldHostContext>
    </FormProvider>
  );
}

/** What the page that added the element knew of it already. */
function begunWith(search: URLSearchParams): FieldTree {
  const known = ['connection', 'host'].flatMap((name) => {
    const value = search.get(name);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(known);
}

function headingOf(detail: ElementDetail | null, fullName: string) {
  return { title: detail?.title ?? fullName.split('.').at(-1) ?? '', description: detail?.description ?? '' };
}
