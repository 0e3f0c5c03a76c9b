/** A duration as people read it: `0.6 ms`, `84 ms`, `1.2 s`. @param ms milliseconds */
export function milliseconds(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms >= 10 ? Math.round(ms) : Number(ms.toFixed(1))} ms`;
}
