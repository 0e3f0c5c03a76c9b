import { canonicalBody } from '#elements/connection/canonical-body.ts';
import { checkBody } from '#elements/connection/check-body.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import { canonicalModel } from '#elements/model/canonical-model.ts';
import { modelSchema } from '#elements/model/model.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { FieldTree, Family, SourceElement } from './source.ts';

export const MODEL_TYPE = 'models.NormalType';

export type Form = { ok: true; body: SourceElement['body'] } | { ok: false; reasons: Reason[] };

/** Checks type and body of one element by themselves. @returns the canonical body, or every fault with its field */
export function checkForm(fullName: string, family: Family, type: string, body: unknown): Form {
  const refuse = (field: string, message: string): Reason => ({
    element: fullName,
    ...(field === '' ? {} : { field }),
    code: 'wrong-form',
    message,
    next: 'Correct it and try again.',
  });
  if (!isTypeOf(family, type)) return { ok: false, reasons: [refuse('type', `type: no type of ${family}: ${type}.`)] };
  if (family === 'models') {
    const parsed = modelSchema.safeParse(body);
    if (parsed.success) return { ok: true, body: canonicalModel(parsed.data) };
    const reasons = parsed.error.issues.map(({ path, message }) =>
      refuse(modelPath(body, path), inWords(path, message)),
    );
    return { ok: false, reasons };
  }
  const definition = definitionOfType(type);
  if (!definition) throw new Error(`no element type ${type}`);
  const issues = checkBody(definition, family, body);
  if (issues.length > 0)
    return { ok: false, reasons: issues.map(({ field, message }) => refuse(field, `${message}.`)) };
  return { ok: true, body: canonicalBody(definition, family, body as FieldTree) };
}

function isTypeOf(family: Family, type: string): boolean {
  if (family === 'models') return type === MODEL_TYPE;
  const definition = definitionOfType(type);
  return (family === 'databases' ? definition?.databaseType : definition?.connectionType) === type;
}

const inWords = (path: PropertyKey[], message: string): string =>
  path.length === 0 ? `${message}.` : `${path.map(String).join('.')}: ${message}.`;

/** `fields.3.length` as `fields.email`, which is what a form can mark. */
function modelPath(body: unknown, path: PropertyKey[]): string {
  const [list, position] = path;
  const item: unknown =
    typeof position === 'number' ? (body as Record<string, unknown[]>)[String(list)]?.[position] : null;
  const name = typeof item === 'object' && item !== null ? (item as { name?: unknown }).name : undefined;
  return typeof name === 'string' ? `${String(list)}.${name}` : path.map(String).join('.');
}
