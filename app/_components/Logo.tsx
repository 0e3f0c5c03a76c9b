const MARK = 'var(--mui-palette-primary-main)';
const ROPE = 'var(--mui-palette-primary-contrastText)';

/** A bollard with a line around it: mark of the portal. Decorative beside its name. The same stands in public/icon.svg. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill={MARK} />
      <path
        fill={ROPE}
        d="M8 6.5h16a2.25 2.25 0 0 1 0 4.5h-3.2v9.2l2.7 3.3H25a1.5 1.5 0 0 1 0 3H7a1.5 1.5 0 0 1 0-3h1.5l2.7-3.3V11H8a2.25 2.25 0 0 1 0-4.5z"
      />
      <path fill="none" stroke={MARK} strokeWidth="1.9" d="M10.2 16.2c3.5 1.5 8 1.5 11.6 0" />
      <path fill="none" stroke={ROPE} strokeWidth="1.9" strokeLinecap="round" d="M21.8 16.2c2.6-1.2 4.4-1 6.2.6" />
    </svg>
  );
}
