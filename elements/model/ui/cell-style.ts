/** Look of an input that stands in a cell of a table. */
export const cellStyle = {
  width: '100%',
  minWidth: 0,
  height: 30,
  px: 1.5,
  font: 'inherit',
  fontSize: 12.5,
  fontWeight: 400,
  color: 'text.primary',
  bgcolor: 'background.paper',
  border: '1px solid',
  borderColor: 'color-mix(in srgb, var(--mui-palette-text-primary) 18%, transparent)',
  borderRadius: '4px',
  '&:focus-visible': {
    outline: '2px solid var(--mui-palette-primary-main)',
    outlineOffset: -1,
    borderColor: 'transparent',
  },
  '&:disabled': { bgcolor: 'surface.sunken', color: 'text.disabled' },
  '&[aria-invalid="true"]': { borderColor: 'error.main' },
} as const;

export const monoCell = { ...cellStyle, fontFamily: 'var(--mono)', fontSize: 12 } as const;
