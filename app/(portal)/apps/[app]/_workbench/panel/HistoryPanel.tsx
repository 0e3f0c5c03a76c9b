'use client';
import Box from '@mui/material/Box';
import useSWR from 'swr';
import { Ago } from '#app/_components/Ago.tsx';
import type { RevisionRow } from '#lib/http/api.ts';
import { elementPath } from '../../_data/paths.ts';
import { useWorkbench } from '../workbench-context.ts';

const WORDS = { create: 'made', save: 'saved', move: 'moved', delete: 'deleted' } as const;

/** Revisions of the open element, newest first; each unfolds to its file. */
export function HistoryPanel({ fullName }: { fullName: string | null }) {
  const { app } = useWorkbench();
  const { data } = useSWR<{ revisions: RevisionRow[] }>(
    fullName === null ? null : `${elementPath(app, fullName)}/history`,
  );
  if (fullName === null)
    return <Box sx={{ color: 'text.secondary' }}>Open an element that is saved to see its history.</Box>;
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 3 }}>
      {data?.revisions
        .toSorted((a, b) => b.revision - a.revision)
        .map((revision) => (
          <Box
            component="li"
            key={revision.revision}
            sx={{ borderLeft: '2px solid var(--mui-palette-divider)', pl: 3 }}
          >
            <Box>
              Revision {revision.revision} {WORDS[revision.change]} <Ago at={revision.at} />
            </Box>
            <Box sx={{ color: 'text.secondary', fontSize: 12, overflowWrap: 'anywhere' }}>
              {revision.by} · <code>{revision.fullName}</code>
            </Box>
            <details>
              <Box component="summary" sx={{ cursor: 'pointer', fontSize: 12, color: 'text.secondary' }}>
                Show the file
              </Box>
              <Box
                component="pre"
                tabIndex={0}
                sx={{ m: 0, mt: 1, p: 2, overflow: 'auto', bgcolor: 'surface.sunken', borderRadius: '6px' }}
              >
                {revision.content}
              </Box>
            </details>
          </Box>
        ))}
    </Box>
  );
}
