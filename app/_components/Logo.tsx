/** The bollard: mark of the portal. Decorative beside its name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--mui-palette-primary-main)" />
      <g
        fill="none"
        stroke="var(--mui-palette-primary-contrastText)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M9 9.5h14" />
        <path d="M12.5 9.5V19M19.5 9.5V19" />
        <path d="M8 24.5h16" />
        <path d="M11 19h10l1.6 5.5H9.400z" fill="var(--mui-palette-primary-contrastText)" strokeWidth="1.6" />
        <path d="M19.5 13.2c4.4.4 6 2.4 7.5 5.3" />
      </g>
    </svg>
  );
}
