'use client';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useSWRConfig } from 'swr';
import { request, RequestFailure } from '#app/_components/request.ts';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import { bodyFields } from '#elements/connection/body-fields.ts';
import type { BodyFamily } from '#elements/connection/body-fields.ts';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { bodyOf, secretsOf, slot, valuesOf } from '#elements/connection/ui/form-values.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { appPath, elementPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

type Input = {
  app: string;
  tabId: string;
  type: string;
  fullName: string;
  detail: ElementDetail | null;
  form: UseFormReturn<FormValues>;
  allowed: FieldDefinition[];
  definition: DatabaseDefinition;
  family: BodyFamily;
};

/** Saves what is on the screen, makes a new element (and its connection, if ticked), and meets a conflict. */
export function useSaveElement({ app, tabId, type, fullName, detail, form, allowed, definition, family }: Input) {
  const { mutate } = useSWRConfig();
  const refresh = useRefresh(app);
  const { replaceView } = useWorkbench();
  const { say } = useToasts();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [conflict, setConflict] = useState<ElementDetail | null>(null);
  /** the save would break something, or was not tried */
  const [unproven, setUnproven] = useState<RequestFailure | null>(null);
  /** fullName of the connection to make with a new database; null: none */
  const [makeConnection, setMakeConnection] = useState<string | null>(
    detail === null && family === 'databases' && definition.connectionType !== null
      ? `connections.${fullName.split('.').at(-1)}`
      : null,
  );

  const send = (values: FormValues, revision: number | null, acknowledged: boolean) => {
    const secrets = secretsOf(allowed, values, fullName);
    const body = {
      ...(values.title ? { title: values.title } : {}),
      ...(values.description || detail?.description ? { description: values.description } : {}),
      body: bodyOf(allowed, values),
      ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
    };
    if (revision !== null)
      return request<ElementDetail>(elementPath(app, fullName), {
        method: 'PUT',
        body: { revision, ...body, ...(acknowledged ? { acknowledged } : {}) },
      });
    const makes =
      makeConnection !== null && values.connection === '' ? { makeConnection: { fullName: makeConnection } } : {};
    return request<{ elements: ElementDetail[] }>(`${appPath(app)}/elements`, {
      body: { fullName, type, ...body, ...makes },
    }).then(
      ({ elements }) =>
        elements.find((element) => element.fullName === fullName) ?? request<ElementDetail>(elementPath(app, fullName)),
    );
  };

  const saveAt = async (revision: number | null, acknowledged = false): Promise<boolean> => {
    setRefusal(null);
    setUnproven(null);
    if (!(await form.trigger(undefined, { shouldFocus: true }))) {
      setRefusal('Some fields hold something that can not be saved. Each says below what it expects.');
      return false;
    }
    setBusy(true);
    try {
      const saved = await send(form.getValues(), revision, acknowledged);
      await mutate(elementPath(app, fullName), saved, { revalidate: false });
      form.reset(valuesOf(bodyFields(definition, family), saved, saved.body));
      if (revision === null) replaceView(tabId, fullName);
      await refresh();
      say(`${fullName} is saved.`);
      return true;
    } catch (error) {
      if (error instanceof RequestFailure && error.code === 'conflict' && revision !== null) {
        setConflict(await request<ElementDetail>(elementPath(app, fullName)));
      } else if (error instanceof RequestFailure && error.code === 'confirmation-needed') {
        setUnproven(error);
      } else {
        showAtFields(error, allowed, form);
        setRefusal(messageOf(error));
      }
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    refusal,
    conflict,
    unproven,
    makeConnection,
    setMakeConnection,
    closeConflict: () => setConflict(null),
    keepEditing: () => setUnproven(null),
    acknowledge: () => void saveAt(detail?.revision ?? null, true),
    save: () => saveAt(detail?.revision ?? null),
    overwrite: () => {
      setConflict(null);
      void saveAt(conflict?.revision ?? null);
    },
    reload: () => {
      const theirs = conflict;
      setConflict(null);
      form.reset();
      void mutate(elementPath(app, fullName), theirs, { revalidate: false });
    },
  };
}

/** Reasons that name a field are shown there too. */
function showAtFields(error: unknown, allowed: FieldDefinition[], form: UseFormReturn<FormValues>): void {
  if (!(error instanceof RequestFailure)) return;
  for (const { field, message } of error.reasons) {
    if (field && allowed.some((each) => each.name === field))
      form.setError(`fields.${slot(field)}`, { type: 'server', message });
  }
}
