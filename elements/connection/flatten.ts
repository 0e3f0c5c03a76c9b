import { isReference, type FieldTree, type FieldValue } from './fields.ts';

/** Leaves of a body by dotted name: `{"tls": {"mode": "require"}}` → `{"tls.mode": "require"}`. References are leaves. */
export function flatten(tree: FieldTree, prefix = ''): Record<string, FieldValue> {
  const flat: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'object' && value !== null && !isReference(value)) {
      Object.assign(flat, flatten(value, `${prefix}${name}.`));
    } else put(flat, prefix + name, value);
  }
  return flat;
}

/** The reverse of {@link flatten}; keys come out in the order given. A leaf that another name leads through gives way. */
export function unflatten(flat: Record<string, FieldValue>): FieldTree {
  const tree: FieldTree = {};
  for (const [dotted, value] of Object.entries(flat)) {
    const path = dotted.split('.');
    const last = path.pop() ?? dotted;
    let branch = tree;
    for (const step of path) branch = branchOf(branch, step);
    put(branch, last, value);
  }
  return tree;
}

/** Names come from people and are checked only afterwards: `constructor` and `__proto__` must lead to nothing but their own. */
function branchOf(tree: FieldTree, step: string): FieldTree {
  const present = Object.hasOwn(tree, step) ? tree[step] : undefined;
  if (typeof present === 'object' && present !== null && !isReference(present)) return present;
  const made: FieldTree = {};
  put(tree, step, made);
  return made;
}

function put<T>(tree: Record<string, T>, name: string, value: T): void {
  if (name !== '__proto__') tree[name] = value;
  else Object.defineProperty(tree, name, { value, writable: true, enumerable: true, configurable: true });
}
