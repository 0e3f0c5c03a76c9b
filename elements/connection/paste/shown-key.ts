const PLAIN = /^[\p{L}_@][\p{L}\p{N}_ .:-]{0,63}$/u;

/** A key as it may be shown. What is no plain name may be a piece of a password that was cut in the wrong place. */
export function shownKey(key: string): string {
  const trimmed = key.trim();
  return PLAIN.test(trimmed) ? trimmed : '(a key that is no plain name)';
}
