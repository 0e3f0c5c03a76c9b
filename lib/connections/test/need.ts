import type { Source } from '#lib/source/source.ts';

/**
 * Which rights an element needs (product.md section 5): `write` unless it is read-only; `ddl` only where a managed model is
 * bound to it and it is not read-only. A connection needs none by itself.
 */
export function neededRights(
  source: Source,
  element: string,
  readOnly: boolean,
): { read: boolean; write: boolean; ddl: boolean } {
  if (element.startsWith('connections.')) return { read: false, write: false, ddl: false };
  const managed = source.elements.some(
    (each) =>
      each.family === 'models' &&
      each.body.managed !== false &&
      (each.body.database ?? source.app.defaultDatabase) === element,
  );
  return { read: true, write: !readOnly, ddl: managed && !readOnly };
}
