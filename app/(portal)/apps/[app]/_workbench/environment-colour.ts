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

/** Fill of the frame: striped where the environment is protected, so that it differs without colour too. */
export function environmentFill(all: { name: string; protected: boolean }[], name: string): string {
  return all.find((each) => each.name === name)?.protected
    ? 'repeating-linear-gradient(135deg, var(--env) 0 10px, color-mix(in srgb, var(--env) 35%, transparent) 10px 16px)'
    : 'var(--env)';
}
