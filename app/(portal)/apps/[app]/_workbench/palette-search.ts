import type { ReactNode } from 'react';

export type PaletteItem = { id: string; label: string; hint: string; icon: ReactNode; run: () => void };

/** Items whose label or hint has every word; those that begin with the text come first. */
export function found<T extends { label: string; hint: string }>(items: T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const rank = ({ label }: T) => {
    const name = label.toLowerCase().split('.').at(-1) ?? '';
    if (name.startsWith(words[0] ?? '')) return 0;
    return label.toLowerCase().startsWith(words[0] ?? '') ? 1 : 2;
  };
  return items
    .filter(({ label, hint }) => {
      const hay = `${label} ${hint}`.toLowerCase();
      return words.every((word) => hay.includes(word));
    })
    .map((item, index) => ({ item, index }))
    .sort((a, b) => rank(a.item) - rank(b.item) || a.index - b.index)
    .map(({ item }) => item);
}
