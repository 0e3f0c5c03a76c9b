/** Order of keys and names in files: by code unit, the same on every machine. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
