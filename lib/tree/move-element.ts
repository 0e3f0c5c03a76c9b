import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import { changeSource } from './change-source.ts';
import { elementDetail, findElement, requireRevision } from './element-detail.ts';
import { revisionInput } from './element-input.ts';
import { familyOf, isFullName, isWithin, lastName, nameKey } from './full-name.ts';
import { renameInSource } from './rename-in-source.ts';

export const moveElementInput = z.strictObject({
  app: z.string(),
  fullName: z.string(),
  revision: revisionInput,
  to: z.string(),
});

/** Renames or moves an element and rewrites every reference to it. @returns all elements that changed, the moved one first */
export async function moveElement(
  actor: Actor,
  input: z.output<typeof moveElementInput>,
): Promise<{ elements: ElementDetail[] }> {
  return moveAll(actor, input.app, (before) => {
    const element = findElement(before, input.fullName);
    requireRevision(before, element, input.revision);
    return new Map([[element.fullName, input.to]]);
  });
}

/** Moves elements by a map of old and new full names. @throws Fault `wrong-input`, `exists` */
export async function moveAll(
  actor: Actor,
  app: string,
  choose: (before: SourceState) => Map<string, string>,
): Promise<{ elements: ElementDetail[] }> {
  let names = new Map<string, string>();
  let revisions: SourceState['rows'] = new Map();
  const state = await changeSource(actor, app, (before) => {
    names = choose(before);
    revisions = before.rows;
    checkPlaces(before, names);
    return withTitles(before, names);
  });
  const moved = new Set(names.values());
  const changed = state.source.elements
    .filter(({ id }) => state.rows.get(id)?.revision !== revisions.get(id)?.revision)
    .sort((one, other) => Number(moved.has(other.fullName)) - Number(moved.has(one.fullName)));
  const elements = [];
  for (const element of changed) elements.push(await elementDetail(state, element));
  return { elements };
}

/** A title that is still the element's name follows it. */
function withTitles({ source }: SourceState, names: ReadonlyMap<string, string>) {
  const elements = source.elements.map((element) => {
    const to = names.get(element.fullName);
    const follows = to !== undefined && element.title === lastName(element.fullName);
    return follows ? { ...element, title: lastName(to) } : element;
  });
  return renameInSource({ ...source, elements }, names);
}

function checkPlaces({ source }: SourceState, names: ReadonlyMap<string, string>): void {
  const staying = new Map(
    source.elements.flatMap(({ fullName }) => (names.has(fullName) ? [] : [[nameKey(fullName), fullName]])),
  );
  for (const [from, to] of names) {
    if (!isFullName(to) || familyOf(to) !== familyOf(from)) {
      throw new Fault('wrong-input', `${to}: expected a name within ${familyOf(from)}, such as ${from}2.`);
    }
    const taken = staying.get(nameKey(to));
    if (taken !== undefined) throw new Fault('exists', `There is an element ${taken} already. Choose another name.`);
    const above = [...staying.values()].find((other) => isWithin(to, other));
    if (above !== undefined)
      throw new Fault('wrong-input', `${above} is an element, not a folder. Choose another place.`);
  }
}
