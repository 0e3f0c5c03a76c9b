import type { Reason } from '#lib/core/errors.ts';
import { nameKey } from '#lib/tree/full-name.ts';
import { baseOf, definitionHash, elementHash, settingHash, settingsOf, type Base } from './base.ts';
import { compareText } from './compare-text.ts';
import type { Folder } from './read-files.ts';
import type { Source, SourceElement, VariableDefinition } from './source.ts';

export type PushPlan = {
  after: Source;
  created: string[];
  changed: string[];
  deleted: string[];
  moved: { from: string; to: string }[];
  unchanged: number;
  /** what the portal changed since the base: conflicts, or with `force` what is overwritten */
  conflicts: string[];
  /** base of the folder once this is done */
  base: Base;
};

/** Names of things in a push's answer: full names, `variables.KEY`, `app.title`. */
const variableName = (key: string) => `variables.${key}`;
const settingName = (key: string) => `app.${key}`;

/**
 * What a push of `folder` does to the present source: makes what is new, changes what differs, deletes what is gone only
 * with `remove`. A conflict is whatever differs in the portal both from the base and from the folder; without a base,
 * whatever differs from the folder. Pure.
 */
export function planPush(
  appId: string,
  present: Source,
  folder: Folder,
  base: Base | null,
  options: { remove: boolean; newId: () => string },
): PushPlan {
  const incoming = identified(present, folder.elements, options.newId);
  const elements = merge({
    present: new Map(present.elements.map((element) => [element.id, element])),
    folder: new Map(incoming.map((element) => [element.id, element])),
    base: base?.elements ?? null,
    remove: options.remove,
    hash: elementHash,
    name: (_, element) => element.fullName,
  });
  const variables = merge<VariableDefinition>({
    present: new Map(Object.entries(present.variables)),
    folder: new Map(Object.entries(folder.variables)),
    base: base?.variables ?? null,
    remove: options.remove,
    hash: definitionHash,
    name: variableName,
  });
  const there = settingsOf(present);
  const settings = merge<string>({
    present: new Map(Object.entries(there)),
    folder: new Map(Object.entries(folderSettings(folder, present, there))),
    base: base?.app ?? null,
    remove: options.remove,
    hash: settingHash,
    name: settingName,
  });
  const after: Source = {
    app: {
      name: present.app.name,
      title: settings.after.get('title') ?? present.app.name,
      defaultDatabase: settings.after.get('defaultDatabase') ?? null,
    },
    variables: Object.fromEntries([...variables.after].sort(([one], [other]) => compareText(one, other))),
    elements: [...elements.after.values()].sort((one, other) => compareText(one.fullName, other.fullName)),
  };
  const parts = [elements, variables, settings];
  const before = new Map(present.elements.map((element) => [element.id, element.fullName]));
  return {
    after,
    created: parts.flatMap((part) => part.created),
    changed: parts.flatMap((part) => part.changed),
    deleted: parts.flatMap((part) => part.deleted),
    moved: after.elements.flatMap(({ id, fullName: to }) => {
      const from = before.get(id);
      return from === undefined || from === to ? [] : [{ from, to }];
    }),
    unchanged: parts.reduce((sum, part) => sum + part.unchanged, 0),
    conflicts: parts.flatMap((part) => part.conflicts),
    base: nextBase(baseOf(appId, after), base, {
      app: settings.seen,
      variables: variables.seen,
      elements: elements.seen,
    }),
  };
}

/** A title is never gone: a folder without one leaves it as it is. */
function folderSettings({ app }: Folder, present: Source, there: Record<string, string>): Record<string, string> {
  const title = app.title ?? present.app.title;
  return {
    ...(title === present.app.name && there.title === undefined ? {} : { title }),
    ...(app.defaultDatabase === undefined ? {} : { defaultDatabase: app.defaultDatabase }),
  };
}

/** Elements of the folder under the ids they have in the app: by id, else by full name, else new. */
function identified(present: Source, elements: SourceElement[], newId: () => string): SourceElement[] {
  const claimed = new Set(elements.map((element) => element.id));
  const byName = new Map(present.elements.map((element) => [nameKey(element.fullName), element.id]));
  return elements.map((element) => {
    if (element.id !== '') return element;
    const known = byName.get(nameKey(element.fullName));
    return { ...element, id: known !== undefined && !claimed.has(known) ? known : newId() };
  });
}

type Merge<T> = {
  present: ReadonlyMap<string, T>;
  folder: ReadonlyMap<string, T>;
  base: Record<string, string> | null;
  remove: boolean;
  hash: (value: T) => string;
  name: (key: string, value: T) => string;
};

function merge<T>({ present, folder, base, remove, hash, name }: Merge<T>) {
  const after = new Map(folder);
  const created: string[] = [];
  const changed: string[] = [];
  const deleted: string[] = [];
  const conflicts: string[] = [];
  let unchanged = 0;
  const hashOf = (value: T | undefined) => (value === undefined ? undefined : hash(value));
  for (const [key, value] of folder) {
    const there = hashOf(present.get(key));
    if (there === hash(value)) unchanged += 1;
    else {
      (there === undefined ? created : changed).push(name(key, value));
      // Without a base what the portal lacks is new; with one, what it lost since was deleted there.
      if (base === null ? there !== undefined : base[key] !== there) conflicts.push(name(key, value));
    }
  }
  for (const [key, value] of present) {
    if (folder.has(key)) continue;
    if (!remove) after.set(key, value);
    else {
      deleted.push(name(key, value));
      if (base?.[key] !== hash(value)) conflicts.push(name(key, value));
    }
  }
  return { after, created, changed, deleted, conflicts, unchanged, seen: new Set(folder.keys()) };
}

type Part = 'app' | 'variables' | 'elements';

/** Of what is not in the folder the old base is kept: it is still gone there, and may be deleted by a later push. */
function nextBase(whole: Base, old: Base | null, seen: Record<Part, ReadonlySet<string>>): Base {
  const part = (name: Part) =>
    Object.fromEntries(
      Object.entries(whole[name]).flatMap(([key, hash]) => {
        const kept = seen[name].has(key) ? hash : old?.[name][key];
        return kept === undefined ? [] : [[key, kept]];
      }),
    );
  return { of: whole.of, app: part('app'), variables: part('variables'), elements: part('elements') };
}

/** Ids that a folder may not have: one at two paths, or a new one at the place of an element that stays. */
export function checkIds(present: Source, folder: Folder, remove: boolean): Reason[] {
  const seen = new Map<string, string>();
  const kept = new Set(folder.elements.map((element) => element.id));
  const known = new Set(present.elements.map((element) => element.id));
  const staying = new Map(
    present.elements.flatMap(({ id, fullName }) => (remove || kept.has(id) ? [] : [[nameKey(fullName), id]])),
  );
  return folder.elements.flatMap(({ id, fullName }): Reason[] => {
    if (id === '') return [];
    const other = seen.get(id);
    seen.set(id, fullName);
    const at = { element: fullName, code: 'wrong-id' };
    if (other !== undefined) {
      const message = `${fullName} and ${other} have the same id ${id}.`;
      return [{ ...at, message, next: 'Leave the id out of the one that is new.' }];
    }
    const present = staying.get(nameKey(fullName));
    if (known.has(id) || present === undefined) return [];
    const message = `${fullName} has the id ${id} in the folder and ${present} in the portal.`;
    return [
      { ...at, message, next: 'Leave the id out to mean the same element, or push with --delete to replace it.' },
    ];
  });
}
