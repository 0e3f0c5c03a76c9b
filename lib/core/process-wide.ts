/**
 * The same value for every copy of a module in this process.
 * Next bundles a module once per entry kind, so a module-level `const` exists several times;
 * what must exist once (store client, pools, release cache) lives under a registered symbol.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`mooring.${name}`);
  const slots = globalThis as unknown as Record<symbol, T | undefined>;
  return (slots[key] ??= make());
}
