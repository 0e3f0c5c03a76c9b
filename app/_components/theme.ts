'use client';
import { createTheme } from '@mui/material/styles';
import { components } from './theme-components.ts';

declare module '@mui/material/styles' {
  interface Palette {
    frame: Frame;
    surface: Surface;
  }
  interface PaletteOptions {
    frame: Frame;
    surface: Surface;
  }
}

/** Colours of environments, by kind: `own` is development, `guarded` a protected one, the rest in their order. */
type Frame = { own: string; second: string; third: string; fourth: string; guarded: string };
/** `canvas` behind panels, `sunken` for headers of grids and read-only fields, `hover` for rows. */
type Surface = { canvas: string; sunken: string; hover: string; selected: string; code: string };

const sans = '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif';

/** The portal's own theme: dense, 13 to 14 px, spacing 4, radius 6, one accent, light and dark. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-theme="%s"]' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#2f5bd0', dark: '#234aaf', light: '#5c80e0', contrastText: '#ffffff' },
        success: { main: '#177245', contrastText: '#ffffff' },
        warning: { main: '#8f5a00', contrastText: '#ffffff' },
        error: { main: '#c22b2b', contrastText: '#ffffff' },
        info: { main: '#2f5bd0', contrastText: '#ffffff' },
        text: { primary: '#191c22', secondary: '#5a6270', disabled: '#878e9a' },
        background: { default: '#f6f7f9', paper: '#ffffff' },
        divider: '#e1e4ea',
        frame: { own: '#177f8c', second: '#6d4fc4', third: '#93670b', fourth: '#96407f', guarded: '#c2410c' },
        surface: { canvas: '#f6f7f9', sunken: '#f0f2f5', hover: '#f2f4f8', selected: '#e6ecfb', code: '#fbfbfc' },
      },
    },
    dark: {
      palette: {
        primary: { main: '#8aa9ff', dark: '#6f93f7', light: '#b0c5ff', contrastText: '#0d1322' },
        success: { main: '#52c58a', contrastText: '#06140c' },
        warning: { main: '#e5b04d', contrastText: '#1a1203' },
        error: { main: '#ff8a80', contrastText: '#210706' },
        info: { main: '#8aa9ff', contrastText: '#0d1322' },
        text: { primary: '#e7e9ee', secondary: '#a2a9b6', disabled: '#6d7482' },
        background: { default: '#101216', paper: '#16191f' },
        divider: '#2a2f38',
        frame: { own: '#3fb7c6', second: '#a890f5', third: '#d8a93f', fourth: '#d98cc3', guarded: '#ff8a4c' },
        surface: { canvas: '#101216', sunken: '#1b1f26', hover: '#1e222a', selected: '#212b45', code: '#13161b' },
      },
    },
  },
  spacing: 4,
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: sans,
    fontWeightMedium: 550,
    fontWeightBold: 650,
    h1: { fontSize: 22, lineHeight: '30px', fontWeight: 620, letterSpacing: '-0.015em' },
    h2: { fontSize: 16, lineHeight: '24px', fontWeight: 620, letterSpacing: '-0.01em' },
    h3: { fontSize: 13, lineHeight: '20px', fontWeight: 620 },
    body1: { fontSize: 14, lineHeight: '21px' },
    body2: { fontSize: 13, lineHeight: '19px' },
    caption: { fontSize: 12, lineHeight: '17px' },
    button: { fontSize: 13, lineHeight: '20px', fontWeight: 550, textTransform: 'none' },
  },
  transitions: {
    duration: {
      shortest: 80,
      shorter: 100,
      short: 120,
      standard: 140,
      complex: 150,
      enteringScreen: 140,
      leavingScreen: 100,
    },
  },
  components,
});
