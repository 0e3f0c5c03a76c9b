'use client';
import Box from '@mui/material/Box';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import { bodyFields } from '#elements/connection/body-fields.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { TestReport } from '#lib/http/api.ts';
import { useOverview } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { StageRow } from '../element/test/StageRow.tsx';
import { fieldSearch } from './field-search.ts';

const WORDS = { ok: 'reached', warning: 'reached, with a warning', failed: 'not ready' } as const;

/** The staged test of each database, folded. */
export function TestResults({ tests, calm }: { tests: TestReport[]; calm: boolean }) {
  const { app, open } = useWorkbench();
  const { data } = useOverview(app);
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {tests.map((test) => {
        const type = data?.elements.find((each) => each.fullName === test.element)?.type;
        const definition = type ? definitionOfType(type) : undefined;
        return (
          <Box
            component="details"
            key={test.element}
            sx={{ border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden' }}
          >
            <Box component="summary" sx={{ px: 3, py: 1.5, cursor: 'pointer', bgcolor: 'surface.sunken' }}>
              <Box
                component="span"
                sx={{ display: 'inline-flex', gap: 2, alignItems: 'center', flexWrap: 'wrap', ml: 1 }}
              >
                <code>{test.element}</code>
                <Status kind={test.state === 'failed' && calm ? 'warning' : test.state}>{WORDS[test.state]}</Status>
                <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                  {milliseconds(test.ms)}
                  {test.facts.server ? ` · ${test.facts.server} ${test.facts.version ?? ''}` : ''}
                </Box>
              </Box>
            </Box>
            <Box component="ol" aria-label={`Stages of ${test.element}`} sx={{ m: 0, px: 3, py: 2, listStyle: 'none' }}>
              {test.stages.map((stage) => (
                <StageRow
                  key={stage.stage}
                  stage={stage}
                  fields={definition ? bodyFields(definition, 'databases') : []}
                  onField={(field) => open(test.element, fieldSearch(field))}
                />
              ))}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
