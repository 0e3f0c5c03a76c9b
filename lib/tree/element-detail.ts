import { Fault } from '#lib/core/errors.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { elementFiles, elementPaths } from '#lib/source/element-files.ts';
import type { SourceElement } from '#lib/source/source.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import { elementNode, lastTests } from './element-node.ts';
import { elementOrigins } from './element-origins.ts';
import { nameKey } from './full-name.ts';
import { whereUsed } from './where-used.ts';

/** @throws Fault `not-found` */
export function findElement({ app, source }: SourceState, fullName: string): SourceElement {
  const element = source.elements.find((each) => nameKey(each.fullName) === nameKey(fullName));
  if (element) return element;
  throw new Fault('not-found', `There is no element ${fullName} in ${app.name}. Choose one of its tree.`);
}

/** Everything the designer shows of one element; secrets never as text. */
export async function elementDetail(state: SourceState, element: SourceElement): Promise<ElementDetail> {
  const { source, app, rows } = state;
  const path = elementPaths(element.fullName).own;
  return {
    ...elementNode(source, element, rows.get(element.id)?.revision ?? 0, await lastTests(app.id, element.id)),
    description: element.description ?? '',
    tags: element.tags ?? [],
    body: element.body,
    file: { path, text: elementFiles(element)[path] ?? '' },
    usedBy: whereUsed(source, element.fullName),
    origins: await elementOrigins(app.id, source, element),
  };
}

/** @throws Fault `conflict` when someone saved after `revision` was read */
export function requireRevision({ rows }: SourceState, element: SourceElement, revision: number): void {
  const present = rows.get(element.id)?.revision ?? 0;
  if (present === revision) return;
  throw new Fault(
    'conflict',
    `${element.fullName} was changed meanwhile: expected revision ${revision}, found ${present}. Read it again, and repeat your change on it.`,
    [
      {
        element: element.fullName,
        code: 'changed-meanwhile',
        message: `Expected revision ${revision}, found ${present}: it was saved meanwhile.`,
        next: 'Read it again, and repeat your change on it.',
      },
    ],
  );
}
