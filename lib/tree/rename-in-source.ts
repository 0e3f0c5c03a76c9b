import type { ModelBody } from '#elements/model/model.ts';
import type { DatabaseElement, Source, SourceElement } from '#lib/source/source.ts';

/**
 * The source after elements got other full names (old → new): the elements themselves, and everything that points to
 * them. Pure.
 */
export function renameInSource(source: Source, names: ReadonlyMap<string, string>): Source {
  const renamed = (name: string): string => names.get(name) ?? name;
  const { defaultDatabase } = source.app;
  return {
    app: { ...source.app, defaultDatabase: defaultDatabase === null ? null : renamed(defaultDatabase) },
    variables: source.variables,
    elements: source.elements.map((element) => renameIn(element, renamed)),
  };
}

type Renamed = (name: string) => string;

function renameIn(element: SourceElement, renamed: Renamed): SourceElement {
  const fullName = renamed(element.fullName);
  if (element.family === 'connections') return { ...element, fullName };
  if (element.family === 'databases') return { ...element, fullName, body: inDatabase(element.body, renamed) };
  return { ...element, fullName, body: inModel(element.body, renamed) };
}

function inDatabase(body: DatabaseElement['body'], renamed: Renamed): DatabaseElement['body'] {
  return body.connection === undefined ? body : { ...body, connection: renamed(body.connection) };
}

function inModel(body: ModelBody, renamed: Renamed): ModelBody {
  return {
    ...body,
    ...(body.database === undefined ? {} : { database: renamed(body.database) }),
    fields: body.fields.map((field) =>
      field.type === 'reference' ? { ...field, model: renamed(field.model) } : field,
    ),
    ...(body.references === undefined
      ? {}
      : { references: body.references.map((each) => ({ ...each, model: renamed(each.model) })) }),
  };
}
