import type { EngineName } from '../definitions.ts';
import { logos } from '../logos.ts';

/** An engine's logo in the colour of the text. Decorative: its name stands beside it. @param size in CSS pixels */
export function EngineLogo({ engine, size = 20 }: { engine: string; size?: number }) {
  const path = logos[engine as EngineName];
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {path ? <path d={path} /> : null}
    </svg>
  );
}
