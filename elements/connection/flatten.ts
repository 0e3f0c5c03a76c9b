import { isReference, type FieldTree, type FieldValue } from './fields.ts';

/** Leaves of a body by dotted name: `{"tls": {"mode": "require"}}` → `{"tls.mode": "require"}`. References are leaves. */
export function flatten(tree: FieldTree, prefix = ''): Record<string, FieldValue> {
  const flat: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'object' && value !== null && !isReference(value)) {
      Object.assign(flat, flatten(value, `${prefix}${name}.`));
    } else flat[prefix + name] = value;
  }
  return flat;
}

/** The reverse of {@link flatten}; keys come out in the order given. */
export function unflatten(flat: Record<string, FieldValue>): FieldTree {
  const tree: FieldTree = {};
  for (const [dotted, value] of Object.entries(flat)) {
    const path = dotted.split('.');
    const last = path.pop() ?? dotted;
    let branch = tree;
    for (const step of path) branch = (branch[step] ??= {}) as FieldTree;
    branch[last] = value;
  }
  return tree;
}
