/** The candidate that takes the fewest edits (Levenshtein) to become `word`; `candidates` must not be empty. */
export function nearest(word: string, candidates: readonly string[]): string {
  const [first, ...rest] = candidates;
  if (first === undefined) throw new Error('nothing to choose from');
  return rest.reduce((best, candidate) => (edits(word, candidate) < edits(word, best) ? candidate : best), first);
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
