import type { Components, CssVarsTheme, Theme } from '@mui/material/styles';

/** How MUI's own components look here: flat, bordered, small. */
export const components: Components<Omit<Theme, 'components' | 'palette'> & CssVarsTheme> = {
  MuiCssBaseline: {
    styleOverrides: (theme) => ({
      ':root': {
        '--mono': '"JetBrains Mono Variable", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
        fontVariantNumeric: 'tabular-nums',
        // keys and addresses show each character as it is
        fontVariantLigatures: 'none',
        scrollbarWidth: 'thin',
        fontFeatureSettings: '"cv05", "ss03"',
      },
      html: { height: '100%' },
      body: { fontSize: 13, lineHeight: '19px', minHeight: '100%' },
      'code, kbd, pre': { fontFamily: 'var(--mono)', fontSize: 12 },
      '.visually-hidden': {
        position: 'absolute',
        width: 1,
        height: 1,
        margin: -1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
        whiteSpace: 'nowrap',
      },
      '::selection': { background: 'color-mix(in srgb, var(--mui-palette-primary-main) 30%, transparent)' },
      ':focus-visible': { outline: `2px solid ${theme.vars.palette.primary.main}`, outlineOffset: 1 },
      '@media (prefers-reduced-motion: reduce)': {
        '*, *::before, *::after': {
          animationDuration: '0.01ms !important',
          animationIterationCount: '1 !important',
          transitionDuration: '0.01ms !important',
          scrollBehavior: 'auto !important',
        },
      },
    }),
  },
  MuiButtonBase: { defaultProps: { disableRipple: true }, styleOverrides: { root: { fontFamily: 'inherit' } } },
  MuiButton: {
    defaultProps: { size: 'small', disableElevation: true },
    styleOverrides: {
      root: { padding: '4px 12px', minHeight: 30, whiteSpace: 'nowrap', '&:focus-visible': { outlineOffset: 2 } },
      outlined: ({ theme, ownerState }) =>
        ownerState.color === 'inherit'
          ? { borderColor: theme.vars.palette.divider, background: theme.vars.palette.background.paper }
          : {},
    },
  },
  MuiIconButton: { defaultProps: { size: 'small' }, styleOverrides: { root: { borderRadius: 6, padding: 5 } } },
  MuiSvgIcon: { defaultProps: { fontSize: 'small' }, styleOverrides: { fontSizeSmall: { fontSize: 18 } } },
  MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiOutlinedInput: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: ({ theme }) => ({
        fontSize: 13,
        background: theme.vars.palette.background.paper,
        '&.Mui-disabled': { background: theme.vars.palette.surface.sunken },
      }),
      input: { height: 20, padding: '6px 10px' },
      multiline: { padding: 0, '& textarea': { padding: '6px 10px', lineHeight: '19px' } },
      notchedOutline: ({ theme }) => ({
        borderColor: `color-mix(in srgb, ${theme.vars.palette.text.primary} 22%, transparent)`,
      }),
      adornedEnd: { paddingRight: 6 },
    },
  },
  MuiInputLabel: { styleOverrides: { root: { fontSize: 13 } } },
  MuiFormHelperText: {
    styleOverrides: { root: { marginLeft: 0, marginRight: 0, marginTop: 4, fontSize: 12, lineHeight: '17px' } },
  },
  MuiFormControlLabel: { styleOverrides: { root: { marginLeft: -5 }, label: { fontSize: 13 } } },
  MuiCheckbox: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 5 } } },
  MuiRadio: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 5 } } },
  MuiSwitch: { defaultProps: { size: 'small' } },
  MuiTooltip: {
    // a hint beside the name, never instead of it
    defaultProps: { enterDelay: 400, arrow: false, describeChild: true },
    styleOverrides: {
      tooltip: ({ theme }) => ({
        fontSize: 12,
        lineHeight: '17px',
        padding: '4px 8px',
        background: theme.vars.palette.text.primary,
        color: theme.vars.palette.background.paper,
      }),
    },
  },
  MuiMenu: {
    styleOverrides: {
      paper: ({ theme }) => ({ border: `1px solid ${theme.vars.palette.divider}`, minWidth: 180 }),
      list: { padding: 4 },
    },
  },
  MuiMenuItem: {
    defaultProps: { dense: true },
    styleOverrides: { root: { fontSize: 13, minHeight: 30, borderRadius: 4, padding: '4px 8px', gap: 8 } },
  },
  MuiListItemIcon: { styleOverrides: { root: { minWidth: 0, color: 'inherit' } } },
  MuiDialog: {
    styleOverrides: { paper: ({ theme }) => ({ border: `1px solid ${theme.vars.palette.divider}`, borderRadius: 10 }) },
  },
  MuiDialogTitle: {
    styleOverrides: { root: { fontSize: 16, lineHeight: '24px', fontWeight: 620, padding: '16px 20px 8px' } },
  },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px 12px', fontSize: 13 } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px 16px' } } },
  MuiAlert: {
    styleOverrides: {
      root: { fontSize: 13, lineHeight: '19px', padding: '2px 12px', alignItems: 'flex-start' },
      icon: { fontSize: 18, padding: '8px 0' },
    },
  },
  MuiChip: {
    defaultProps: { size: 'small' },
    styleOverrides: { root: { borderRadius: 5, fontSize: 12, height: 22 }, label: { paddingLeft: 7, paddingRight: 7 } },
  },
  MuiTab: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: { minHeight: 34, minWidth: 0, padding: '6px 12px', fontSize: 13 } },
  },
  MuiTabs: { styleOverrides: { root: { minHeight: 34 } } },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({ fontSize: 13, padding: '6px 12px', borderColor: theme.vars.palette.divider }),
      head: { fontSize: 12, fontWeight: 550 },
    },
  },
  MuiAutocomplete: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      option: { fontSize: 13 },
      listbox: { fontSize: 13 },
      inputRoot: {
        '&.MuiInputBase-root.MuiInputBase-sizeSmall': {
          padding: '0 6px 0 0',
          '& .MuiAutocomplete-input': { padding: '6px 10px' },
        },
      },
    },
  },
  MuiLink: { defaultProps: { underline: 'hover' } },
  MuiDrawer: { styleOverrides: { paper: { borderRadius: 0 } } },
};
