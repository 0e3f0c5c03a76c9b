const FREE = ['second', 'third', 'fourth'] as const;

/** CSS colour of the frame: development, protected ones and the rest look different. */
export function environmentColour(all: { name: string; protected: boolean }[], name: string): string {
  const chosen = all.find((each) => each.name === name);
  if (chosen?.protected) return 'var(--mui-palette-frame-guarded)';
  if (name === 'development') return 'var(--mui-palette-frame-own)';
  const open = all.filter((each) => !each.protected && each.name !== 'development');
  const index = Math.max(
    0,
    open.findIndex((each) => each.name === name),
  );
  return `var(--mui-palette-frame-${FREE[index % FREE.length]})`;
}
