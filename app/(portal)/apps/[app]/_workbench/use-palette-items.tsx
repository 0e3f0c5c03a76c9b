'use client';
import EnvironmentIcon from '@mui/icons-material/LayersOutlined';
import ActionIcon from '@mui/icons-material/PlayArrowOutlined';
import { useColorScheme } from '@mui/material/styles';
import { useMemo } from 'react';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import { useOverview } from '../_data/use-app-data.ts';
import type { PaletteItem } from './palette-search.ts';
import { ViewIcon } from './ViewIcon.tsx';
import { titleOfView } from './view.ts';
import { useWorkbench } from './workbench-context.ts';

const PAGES = ['connections', 'variables', 'environments', 'test-all', 'deploy', 'releases', 'from-tables'];

/** Everything one can go to or do, in the order shown before anything is typed. */
export function usePaletteItems(): PaletteItem[] {
  const { app, open, setEnvironment, showPanel } = useWorkbench();
  const { data } = useOverview(app);
  const { setMode } = useColorScheme();
  return useMemo(() => {
    const action = <ActionIcon aria-hidden sx={{ fontSize: 16 }} />;
    return [
      ...(data?.elements ?? []).map((element) => ({
        id: element.fullName,
        label: element.fullName,
        hint: element.title && !element.fullName.endsWith(`.${element.title}`) ? element.title : '',
        icon: element.engine ? <EngineLogo engine={element.engine} size={16} /> : <ViewIcon view={element.family} />,
        run: () => open(element.fullName),
      })),
      ...PAGES.map((page) => ({
        id: page,
        label: titleOfView(page),
        hint: 'page',
        icon: <ViewIcon view={page} />,
        run: () => open(page),
      })),
      ...(data?.environments ?? []).map(({ name }) => ({
        id: `env ${name}`,
        label: `Switch to ${name}`,
        hint: 'environment',
        icon: <EnvironmentIcon aria-hidden sx={{ fontSize: 16 }} />,
        run: () => setEnvironment(name),
      })),
      ...(data?.variables ?? []).map(({ key, type }) => ({
        id: `variable ${key}`,
        label: key,
        hint: `${type} variable`,
        icon: <ViewIcon view="variables" />,
        run: () => open('variables', `?find=${key}`),
      })),
      { id: 'used', label: 'Show where it is used', hint: 'side panel', icon: action, run: () => showPanel('used') },
      { id: 'history', label: 'Show history', hint: 'side panel', icon: action, run: () => showPanel('history') },
      { id: 'light', label: 'Use the light theme', hint: 'theme', icon: action, run: () => setMode('light') },
      { id: 'dark', label: 'Use the dark theme', hint: 'theme', icon: action, run: () => setMode('dark') },
      { id: 'apps', label: 'Show all apps', hint: '', icon: action, run: () => location.assign('/') },
    ];
  }, [data, open, setEnvironment, showPanel, setMode]);
}
