import type { ModelBody } from '#elements/model/model.ts';
import { familyOf } from '#lib/tree/full-name.ts';
import type { DatabaseBody, FieldTree, SourceElement } from './source.ts';

/** The columns of an element's row that make up its source. */
export type ElementRow = {
  elementId: string;
  fullName: string;
  type: string;
  title: string;
  description: string | null;
  tags: string;
  body: string;
};

/** An element as its row keeps it; the body was checked when it was written. */
export function elementOf(row: ElementRow): SourceElement {
  const tags = JSON.parse(row.tags) as string[];
  const heading = {
    id: row.elementId,
    fullName: row.fullName,
    type: row.type,
    title: row.title,
    ...(row.description ? { description: row.description } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
  const family = familyOf(row.fullName);
  const body: unknown = JSON.parse(row.body);
  switch (family) {
    case 'connections':
      return { ...heading, family, body: body as FieldTree };
    case 'databases':
      return { ...heading, family, body: body as DatabaseBody };
    case 'models':
      return { ...heading, family, body: body as ModelBody };
  }
}
