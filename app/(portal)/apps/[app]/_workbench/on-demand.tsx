'use client';
import dynamic from 'next/dynamic';

// what opens at a press is loaded at the first one: the workbench itself stays small
export const AddElementDialog = dynamic(async () => (await import('./AddElementDialog.tsx')).AddElementDialog, {
  ssr: false,
});
export const SidePanel = dynamic(async () => (await import('./SidePanel.tsx')).SidePanel, { ssr: false });
export const TreeDialogs = dynamic(async () => (await import('./TreeDialogs.tsx')).TreeDialogs, { ssr: false });
export const TreeMenu = dynamic(async () => (await import('./TreeMenu.tsx')).TreeMenu, { ssr: false });
export const UnsavedGuard = dynamic(async () => (await import('./UnsavedGuard.tsx')).UnsavedGuard, { ssr: false });
