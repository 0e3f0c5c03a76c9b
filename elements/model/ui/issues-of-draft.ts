import { checkModel } from '../check-model.ts';
import type { ModelIssue, ModelSurroundings } from '../model-issue.ts';
import { modelSchema } from '../model.ts';
import { bodyOfDraft } from './body-of-draft.ts';
import type { ModelDraft } from './model-draft.ts';

/** Messages by place: `table`, `database`, `f:<id>` of a field, `i:<key>` of an index, `r:<id>` of a reference, `` for the rest. */
export type DraftIssues = Map<string, string[]>;

/**
 * Everything that would refuse a save, at its place.
 * @param surroundings null while what the model points to is not known yet: references are not judged then
 */
export function issuesOfDraft(
  draft: ModelDraft,
  fullName: string,
  surroundings: ModelSurroundings | null,
): DraftIssues {
  const issues: DraftIssues = new Map();
  const add = (place: string, message: string) => issues.set(place, [...(issues.get(place) ?? []), message]);
  const parsed = modelSchema.safeParse(bodyOfDraft(draft));
  if (!parsed.success) {
    const shown = draft.fields.filter((field) => !field.removed);
    for (const { path, message } of parsed.error.issues) {
      const [list, position, part] = path;
      const place =
        list === 'fields' && typeof position === 'number'
          ? `f:${shown[position]?.id}`
          : list === 'indexes' && typeof position === 'number'
            ? `i:${draft.indexes[position]?.key}`
            : list === 'references' && typeof position === 'number'
              ? `r:${draft.references[position]?.id}`
              : list === 'table' || list === 'database'
                ? list
                : '';
      add(place, sentence(part === undefined ? list : part, message));
    }
    return issues;
  }
  const model = { id: '', fullName, body: parsed.data };
  const around = surroundings ?? { models: new Map(), databaseOf: () => null, capabilities: null };
  const models = new Map(around.models).set(fullName, model);
  for (const issue of checkModel(model, { ...around, models })) {
    if (surroundings === null && isOfReference(issue)) continue;
    add(placeOf(issue, draft), `${issue.message} ${issue.next}`);
  }
  return issues;
}

/** Where an issue that names a field by its name belongs in the draft. */
export function placeOf({ field }: Pick<ModelIssue, 'field'>, draft: ModelDraft): string {
  const [list = '', ...rest] = field.split('.');
  const name = rest.join('.');
  const last = <T extends { name: string }>(all: T[]) => all.findLast((each) => same(each.name, name));
  if (list === 'fields' && name) {
    const found =
      last(draft.fields.filter((each) => !each.removed)) ??
      draft.fields.find((each) => same(each.column, name) || each.id === name);
    return found ? `f:${found.id}` : '';
  }
  if (list === 'indexes') return `i:${last(draft.indexes)?.key ?? ''}`;
  if (list === 'references') return `r:${last(draft.references)?.id ?? ''}`;
  return list === 'table' || list === 'database' ? list : '';
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const REFERENCE_CODES = new Set([
  'unknown-model',
  'circular-type',
  'two-databases',
  'wrong-reference',
  'not-unique',
  'unknown-field',
]);
const isOfReference = ({ code, field }: ModelIssue): boolean =>
  REFERENCE_CODES.has(code) &&
  (field.startsWith('references.') || code === 'unknown-model' || code === 'circular-type');

const sentence = (part: PropertyKey | undefined, message: string): string =>
  part === undefined || typeof part === 'number' ? `${message}.` : `${String(part)}: ${message}.`;
