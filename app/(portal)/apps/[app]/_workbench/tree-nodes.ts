import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
import { FAMILIES } from '#lib/tree/full-name.ts';

/** A row of the tree. `id` is the path: a family, a folder, or an element's fullName. */
export type TreeNode =
  | { id: string; name: string; kind: 'family' | 'folder'; family: Family; children: TreeNode[]; count: number }
  | { id: string; name: string; kind: 'element'; family: Family; element: ElementNode };

type Branch = Extract<TreeNode, { kind: 'family' | 'folder' }>;

/** Families with their folders, which exist through the fullNames of what lies in them; folders first, then by name. */
export function treeOf(elements: ElementNode[]): TreeNode[] {
  return FAMILIES.map((family) => {
    const root: Branch = { id: family, name: family, kind: 'family', family, children: [], count: 0 };
    const folders = new Map<string, Branch>([[family, root]]);
    for (const element of elements) {
      if (element.family !== family) continue;
      const path = element.fullName.split('.');
      const name = path.pop() ?? '';
      folderAt(path, family, folders).children.push({ id: element.fullName, name, kind: 'element', family, element });
      root.count++;
    }
    for (const folder of folders.values()) folder.children.sort(foldersFirst);
    return root;
  });
}

function folderAt(path: string[], family: Family, folders: Map<string, Branch>): Branch {
  const id = path.join('.');
  const known = folders.get(id);
  if (known) return known;
  const folder: Branch = { id, name: path.at(-1) ?? '', kind: 'folder', family, children: [], count: 0 };
  folderAt(path.slice(0, -1), family, folders).children.push(folder);
  folders.set(id, folder);
  return folder;
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function foldersFirst(a: TreeNode, b: TreeNode): number {
  return Number(a.kind === 'element') - Number(b.kind === 'element') || order.compare(a.name, b.name);
}

/** All folders of a family, itself first, for the choice of where to put something. */
export function foldersOf(elements: ElementNode[], family: Family): string[] {
  const folders = new Set<string>([family]);
  for (const { fullName, family: of } of elements) {
    if (of !== family) continue;
    const path = fullName.split('.').slice(0, -1);
    for (let depth = 1; depth <= path.length; depth++) folders.add(path.slice(0, depth).join('.'));
  }
  return [...folders].sort((a, b) => order.compare(a, b));
}

/** A name that is free in `folder`: `Main`, `Main2`, `Main3`, … */
export function freeName(elements: ElementNode[], folder: string, wanted: string): string {
  const taken = new Set(elements.map((element) => element.fullName.toLowerCase()));
  const isFree = (name: string) => !taken.has(`${folder}.${name}`.toLowerCase());
  if (isFree(wanted)) return wanted;
  const stem = wanted.replace(/\d+$/, '');
  let number = 2;
  while (!isFree(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
