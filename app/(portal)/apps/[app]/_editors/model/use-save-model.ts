'use client';
import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { request, RequestFailure } from '#app/_components/request.ts';
import { messageOf, useToasts } from '#app/_components/Toasts.tsx';
import { bodyOfDraft } from '#elements/model/ui/body-of-draft.ts';
import { placeOf } from '#elements/model/ui/issues-of-draft.ts';
import type { DraftIssues } from '#elements/model/ui/issues-of-draft.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { appPath, elementPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useTab, useWorkbench } from '../../_workbench/workbench-context.ts';
import type { ModelState } from './use-model-draft.ts';

type Input = {
  fullName: string;
  detail: ElementDetail | null;
  state: ModelState;
  /** what would refuse it, known before it is sent */
  wrong: boolean;
  onSaved: (saved: ElementDetail) => void;
};

export type Refusal = { message: string; /** of fields, by place */ issues: DraftIssues; others: string[] };

/** Saves a model, makes a new one, and meets a conflict. */
export function useSaveModel({ fullName, detail, state, wrong, onSaved }: Input) {
  const { app, replaceView } = useWorkbench();
  const { id: tabId } = useTab();
  const { mutate } = useSWRConfig();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [conflict, setConflict] = useState<ElementDetail | null>(null);

  const send = async (revision: number | null): Promise<ElementDetail> => {
    const body = {
      ...(state.title ? { title: state.title } : {}),
      ...(state.description || detail?.description ? { description: state.description } : {}),
      body: bodyOfDraft(state.draft),
    };
    if (revision !== null)
      return request<ElementDetail>(elementPath(app, fullName), { method: 'PUT', body: { revision, ...body } });
    const { elements } = await request<{ elements: ElementDetail[] }>(`${appPath(app)}/elements`, {
      body: { fullName, type: 'models.NormalType', ...body },
    });
    return elements[0] ?? request<ElementDetail>(elementPath(app, fullName));
  };

  const saveAt = async (revision: number | null): Promise<boolean> => {
    setTried(true);
    setRefusal(null);
    if (wrong) {
      setRefusal({
        message: 'Some of it can not be saved as it stands. Each place says what it expects.',
        issues: new Map(),
        others: [],
      });
      return false;
    }
    setBusy(true);
    try {
      const saved = await send(revision);
      await mutate(elementPath(app, fullName), saved, { revalidate: false });
      onSaved(saved);
      setTried(false);
      if (revision === null) replaceView(tabId, fullName);
      await refresh();
      say(`${fullName} is saved.`);
      return true;
    } catch (error) {
      if (error instanceof RequestFailure && error.code === 'conflict' && revision !== null)
        setConflict(await request<ElementDetail>(elementPath(app, fullName)));
      else setRefusal(refusalOf(error, fullName, state));
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    busy,
    tried,
    refusal,
    conflict,
    closeConflict: () => setConflict(null),
    save: () => saveAt(detail?.revision ?? null),
    overwrite: () => {
      setConflict(null);
      void saveAt(conflict?.revision ?? null);
    },
    reload: () => {
      if (!conflict) return;
      setConflict(null);
      onSaved(conflict);
      void mutate(elementPath(app, fullName), conflict, { revalidate: false });
    },
  };
}

function refusalOf(error: unknown, fullName: string, { draft }: ModelState): Refusal {
  const issues: DraftIssues = new Map();
  const others: string[] = [];
  for (const { element, field, message, next } of error instanceof RequestFailure ? error.reasons : []) {
    const place = element === fullName && field ? placeOf({ field }, draft) : '';
    if (place) issues.set(place, [...(issues.get(place) ?? []), `${message} ${next}`]);
    else others.push(`${element && element !== fullName ? `${element}: ` : ''}${message} ${next}`);
  }
  return { message: messageOf(error), issues, others };
}
