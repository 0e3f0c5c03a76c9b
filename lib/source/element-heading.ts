import type { SourceElement } from './source.ts';

/** What stands in `e.json`, in its order; `tags` and `description` only where they say something. */
export function headingOf({ id, title, type, description, tags }: SourceElement): Record<string, unknown> {
  return {
    id,
    title,
    type,
    ...(description ? { description } : {}),
    ...(tags && tags.length > 0 ? { tags } : {}),
  };
}
