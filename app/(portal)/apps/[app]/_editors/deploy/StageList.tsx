'use client';
import Box from '@mui/material/Box';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import { STAGES } from '#lib/deploy/plan.ts';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { stageLook, STAGE_WORDS } from './deploy-words.ts';

/** The nine stages as they are: state as colour, icon and word, with its time. */
export function StageList({ run }: { run: Pick<DeploymentDetail, 'state' | 'stages'> }) {
  const latest = run.stages.at(-1);
  return (
    <>
      <Box
        component="ol"
        aria-label="Stages"
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: { xs: 'repeat(auto-fill, minmax(150px, 1fr))', md: 'minmax(0, 1fr)' },
          columnGap: 4,
        }}
      >
        {STAGES.map((name, index) => {
          const stage = run.stages.find((each) => each.stage === name);
          const { kind, word } = stageLook(stage?.state ?? null, run.state);
          return (
            <Box
              component="li"
              key={name}
              aria-current={stage?.state === 'running' ? 'step' : undefined}
              sx={{ display: 'flex', gap: 2, py: 1.25, minHeight: 46 }}
            >
              <Box sx={{ pt: '1px', opacity: stage ? 1 : 0.6 }}>
                <Status kind={kind} size={17} />
              </Box>
              <Box sx={{ minWidth: 0, flex: 1 }}>
                <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'baseline' }}>
                  <Box component="span" sx={{ fontWeight: stage ? 550 : 400 }}>
                    <span className="visually-hidden">{index + 1}. </span>
                    {STAGE_WORDS[name].title}
                  </Box>
                  <Box component="span" sx={{ ml: 'auto', color: 'text.secondary', fontSize: 12 }}>
                    {stage?.ms != null && stage.state !== 'skipped' ? milliseconds(stage.ms) : ''}
                  </Box>
                </Box>
                <Box
                  sx={{
                    fontSize: 12,
                    lineHeight: '16px',
                    color: 'text.secondary',
                    overflowWrap: 'anywhere',
                    display: { xs: 'none', md: 'block' },
                  }}
                >
                  {stage?.state === 'failed' || stage?.state === 'skipped' || !stage || stage.state === 'warning' ? (
                    <>
                      {word}
                      {stage?.message ? `: ${stage.message}` : ''}
                    </>
                  ) : (
                    <>
                      <span className="visually-hidden">{word}. </span>
                      {stage.message ?? STAGE_WORDS[name].help}
                    </>
                  )}
                </Box>
                <Box sx={{ fontSize: 12, color: 'text.secondary', display: { xs: 'block', md: 'none' } }}>{word}</Box>
              </Box>
            </Box>
          );
        })}
      </Box>
      <div role="status" className="visually-hidden">
        {latest ? `${STAGE_WORDS[latest.stage].title}: ${stageLook(latest.state, run.state).word}` : ''}
      </div>
    </>
  );
}
