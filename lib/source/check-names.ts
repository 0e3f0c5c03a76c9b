import type { Reason } from '#lib/core/errors.ts';
import { familyOf, folderOf, isFullName, lastName, nameKey } from '#lib/tree/full-name.ts';
import type { Source, SourceElement } from './source.ts';

/** Names and ids of elements: well-formed, unique among siblings without regard to case, no element inside another. */
export function checkNames({ elements }: Source): Reason[] {
  const spelling = new Map<string, string>();
  const byKey = new Map<string, SourceElement>();
  const byId = new Map<string, SourceElement>();
  const reasons: Reason[] = [];
  for (const element of elements) {
    const { fullName, id } = element;
    const wrong = checkName(element);
    if (wrong) reasons.push(wrong);
    const same = byKey.get(nameKey(fullName));
    if (same) reasons.push(taken(fullName, same.fullName));
    else byKey.set(nameKey(fullName), element);
    const twin = byId.get(id);
    if (id !== '' && twin) reasons.push(sameId(fullName, twin.fullName, id));
    byId.set(id, element);
    for (const folder of foldersOf(fullName)) {
      const spelt = spelling.get(nameKey(folder)) ?? folder;
      spelling.set(nameKey(folder), spelt);
      if (spelt !== folder) reasons.push(taken(fullName, spelt));
    }
  }
  for (const element of byKey.values()) {
    if (spelling.has(nameKey(element.fullName))) reasons.push(isFolder(element.fullName));
  }
  return reasons;
}

/** `databases.a.b.C` → `databases.a`, `databases.a.b` */
function foldersOf(fullName: string): string[] {
  const folder = folderOf(fullName);
  return folder.includes('.') ? [...foldersOf(folder), folder] : [];
}

function checkName({ fullName, family }: SourceElement): Reason | null {
  const next = 'Choose a name such as databases.Main or models.sales.Order.';
  if (!isFullName(fullName) || familyOf(fullName) !== family) {
    const message = `${fullName}: expected the family and names of letters, digits and _, each starting with a letter and at most 63 long.`;
    return { element: fullName, code: 'wrong-name', message, next };
  }
  // Its own file would be e.json, which is the file of its heading.
  if (nameKey(lastName(fullName)) !== 'e') return null;
  return { element: fullName, code: 'wrong-name', message: `${fullName}: an element can not be named e.`, next };
}

const taken = (element: string, other: string): Reason => ({
  element,
  code: 'name-taken',
  message: `${element} differs from ${other} in case at most.`,
  next: 'Choose another name.',
});

const sameId = (element: string, other: string, id: string): Reason => ({
  element,
  code: 'id-twice',
  message: `${element} and ${other} have the same id ${id}.`,
  next: 'Leave the id out of the one that is new.',
});

const isFolder = (element: string): Reason => ({
  element,
  code: 'name-taken',
  message: `${element} is an element and a folder of others.`,
  next: 'Move the elements below it to another folder.',
});
