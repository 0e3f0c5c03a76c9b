export type Rename = { from: string; to: string };

/**
 * An order in which every new name is free when it is given: `a → b, b → c` runs backwards, and a ring
 * (`a → b, b → a`) goes through a name that nothing bears.
 */
export function orderRenames(wanted: ReadonlyMap<string, string>, taken: Iterable<string>): Rename[] {
  const names = new Set(taken);
  const open = new Map([...wanted].filter(([from, to]) => from !== to));
  const done: Rename[] = [];
  const rename = (from: string, to: string): void => {
    names.delete(from);
    names.add(to);
    done.push({ from, to });
  };
  while (open.size > 0) {
    const free = [...open].find(([, to]) => !names.has(to));
    if (free) {
      open.delete(free[0]);
      rename(free[0], free[1]);
      continue;
    }
    const [from, to] = [...open][0]!;
    // A name that is taken by something that stays would never come free.
    if (!open.has(to)) throw new Error(`the name ${to} is taken`);
    const spare = freeName(names);
    open.delete(from);
    open.set(spare, to);
    rename(from, spare);
  }
  return done;
}

function freeName(names: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) if (!names.has(`mooring_tmp_${number}`)) return `mooring_tmp_${number}`;
}
