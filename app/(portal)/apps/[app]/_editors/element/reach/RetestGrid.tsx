'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Status } from '#app/_components/Status.tsx';
import type { StatusKind } from '#app/_components/Status.tsx';
import type { RetestResult } from '#lib/http/api.ts';
import { summaryOf } from './use-retest.ts';
import type { Retest } from './use-retest.ts';

const LOOKS: Record<RetestResult['outcome'], { kind: StatusKind; words: string }> = {
  works: { kind: 'ok', words: 'works' },
  breaks: { kind: 'failed', words: 'would break' },
  broken: { kind: 'warning', words: 'fails as before' },
  'not-tried': { kind: 'off', words: 'not tried' },
};

/** Databases × environments as their tests end, and below what is wrong with each that fails. */
export function RetestGrid({ retest, onConfirm }: { retest: Retest; onConfirm: () => void }) {
  const { tests, results, running } = retest;
  const databases = [...new Set(tests.map(({ database }) => database))];
  const environments = [...new Set(tests.map(({ environment }) => environment))];
  const of = (database: string, environment: string) =>
    results.find((each) => each.database === database && each.environment === environment);
  const failed = results.filter(({ outcome }) => outcome !== 'works');
  const strange = results.some(({ reasons }) => reasons.some(({ code }) => code === 'secret-target'));
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Box role="status" sx={{ fontWeight: 550 }}>
        {running ? (
          <Status kind="running">
            Testing {results.length}/{tests.length}
          </Status>
        ) : results.length > 0 ? (
          <Status kind={failed.length > 0 ? 'failed' : 'ok'}>{summaryOf(results)}</Status>
        ) : null}
      </Box>
      {tests.length > 0 ? (
        <Box tabIndex={0} role="region" aria-label="Tests of all databases" sx={{ overflowX: 'auto' }}>
          <Box
            component="table"
            sx={{
              borderCollapse: 'collapse',
              fontSize: 12.5,
              minWidth: '100%',
              '& th, & td': {
                textAlign: 'left',
                py: 1,
                pr: 4,
                borderTop: 1,
                borderColor: 'divider',
                whiteSpace: 'nowrap',
              },
              '& thead th': { borderTop: 0, fontWeight: 550, color: 'text.secondary' },
            }}
          >
            <thead>
              <tr>
                <th scope="col">Database</th>
                {environments.map((environment) => (
                  <th scope="col" key={environment}>
                    {environment}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {databases.map((database) => (
                <tr key={database}>
                  <Box component="th" scope="row" sx={{ fontWeight: 400 }}>
                    <code>{database}</code>
                  </Box>
                  {environments.map((environment) => {
                    const result = of(database, environment);
                    const look = result ? LOOKS[result.outcome] : null;
                    return (
                      <td key={environment}>
                        {look ? (
                          <Status
                            kind={result?.outcome === 'works' && result.message ? 'warning' : look.kind}
                            size={14}
                          >
                            <span title={result?.message ?? undefined}>{look.words}</span>
                          </Status>
                        ) : (
                          <Status kind={running ? 'running' : 'off'} size={14}>
                            {running ? 'waiting' : 'not reached'}
                          </Status>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </Box>
        </Box>
      ) : null}
      {failed.length > 0 ? (
        <Box component="ul" aria-label="What fails" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
          {failed.map(({ database, environment, outcome, reasons }) => (
            <Box component="li" key={`${database} ${environment}`} sx={{ overflowWrap: 'anywhere' }}>
              <Status kind={LOOKS[outcome].kind} size={14}>
                <code>{database}</code> in {environment}: {LOOKS[outcome].words}
              </Status>
              {reasons.map(({ message, next }) => (
                <Box key={message} sx={{ pl: '20px', color: 'text.secondary' }}>
                  {message} {message.includes(next) ? '' : next}
                </Box>
              ))}
            </Box>
          ))}
        </Box>
      ) : null}
      {strange && !running ? (
        <Box>
          <Button variant="outlined" color="inherit" onClick={onConfirm}>
            Let the secrets go there, and test again
          </Button>
        </Box>
      ) : null}
    </Box>
  );
}
