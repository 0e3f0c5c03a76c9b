'use client';
import { useState } from 'react';
import type { ModelBody } from '#elements/model/model.ts';
import { snakeCase } from '#elements/model/snake-case.ts';
import { bodyOfDraft } from '#elements/model/ui/body-of-draft.ts';
import { draftOf, newModel } from '#elements/model/ui/model-draft.ts';
import type { ModelDraft } from '#elements/model/ui/model-draft.ts';
import type { AppOverview, ElementDetail } from '#lib/http/api.ts';

export type ModelState = { title: string; description: string; draft: ModelDraft };

/**
 * What is on the screen, and whether it differs from what is saved. What was saved elsewhere is shown as long as nothing was changed
 * here; else it is compared on save.
 */
export function useModelDraft(fullName: string, detail: ElementDetail | null, overview: AppOverview) {
  const begin = () => stateOf(fullName, detail, overview);
  const [base, setBase] = useState(() => ({ detail, state: begin() }));
  const [state, setState] = useState(base.state);
  const dirty = textOf(state) !== textOf(base.state);
  if (detail !== base.detail) {
    const next = begin();
    setBase({ detail, state: next });
    if (!dirty) setState(next);
  }
  return {
    state,
    setState,
    dirty,
    /** takes what is saved, whatever is on the screen */
    reset: (saved: ElementDetail) => setState(stateOf(fullName, saved, overview)),
  };
}

function stateOf(fullName: string, detail: ElementDetail | null, overview: AppOverview): ModelState {
  const name = fullName.split('.').at(-1) ?? '';
  if (detail) return { title: detail.title, description: detail.description, draft: draftOf(detail.body as ModelBody) };
  const databases = overview.elements.filter((each) => each.family === 'databases');
  const database = overview.defaultDatabase ?? databases[0]?.fullName ?? '';
  return { title: name, description: '', draft: newModel(database, snakeCase(name, 'table')) };
}

/** Equal for what would be saved as the same. */
const textOf = ({ title, description, draft }: ModelState): string =>
  JSON.stringify([title, description, bodyOfDraft(draft)]);
