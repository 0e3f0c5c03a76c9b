import type { UsedBy } from '#lib/http/api.ts';
import { databaseOfModel } from '#lib/source/database-of-model.ts';
import type { Source, SourceElement } from '#lib/source/source.ts';
import { variableUses } from '#lib/source/variable-uses.ts';

/** The elements that point to `fullName`, each with the field that does: connections, databases and models alike. */
export function whereUsed(source: Source, fullName: string): UsedBy[] {
  return source.elements.flatMap((element) =>
    pointers(source, element)
      .filter((pointer) => pointer.to === fullName)
      .map(({ field }) => ({ fullName: element.fullName, field })),
  );
}

/** The fields that refer to a variable. */
export function variableUsedBy(source: Source, key: string): UsedBy[] {
  return source.elements
    .flatMap(variableUses)
    .filter((use) => use.key === key)
    .map((use) => ({ fullName: use.element, field: use.field.name }));
}

function pointers(source: Source, element: SourceElement): { to: string | null; field: string }[] {
  if (element.family === 'connections') return [];
  if (element.family === 'databases') return [{ to: element.body.connection ?? null, field: 'connection' }];
  const { body } = element;
  return [
    { to: databaseOfModel(source, body), field: 'database' },
    ...body.fields.flatMap((field) =>
      field.type === 'reference' ? [{ to: field.model, field: `fields.${field.name}` }] : [],
    ),
    ...(body.references ?? []).map((each) => ({ to: each.model, field: `references.${each.name}` })),
  ];
}
