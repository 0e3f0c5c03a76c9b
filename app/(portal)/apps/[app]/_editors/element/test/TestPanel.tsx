'use client';
import CloseIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { StageRow } from './StageRow.tsx';
import { TestFactList } from './TestFactList.tsx';
import { useRemedies } from './use-remedies.ts';
import type { TestRun } from './use-test-run.ts';

type Props = {
  run: TestRun;
  labels: FieldDefinition[];
  onField: (field: string) => void;
  onValue?: ((field: string, value: string) => void) | undefined;
  onAgain: () => void;
};

const VERDICT = {
  ok: ['ok', 'Ready to use'],
  warning: ['warning', 'Works, with a warning'],
  failed: ['failed', 'Does not work yet'],
} as const;

/** The twelve stages as they finish; the failed one says what to do; what was found out stands below. */
export function TestPanel({ run, labels, onField, onValue, onAgain }: Props) {
  const remedyFor = useRemedies({
    app: run.app,
    element: run.element,
    environment: run.environment,
    draft: run.tested,
    onValue,
    again: (options) => void run.run(run.tested, options),
  });
  const verdict = run.report ? VERDICT[run.report.state] : null;
  return (
    <Box
      component="section"
      aria-label="Connection test"
      sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden' }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          px: 3,
          py: 2,
          bgcolor: 'surface.sunken',
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="h3" component="div" role="status" sx={{ flex: 1, minWidth: 0 }}>
          {verdict ? (
            <Status kind={verdict[0]}>{verdict[1]}</Status>
          ) : run.running ? (
            <Status kind="running">Testing</Status>
          ) : (
            'Test'
          )}
          <Box sx={{ color: 'text.secondary', fontWeight: 400, fontSize: 12, lineHeight: '16px' }}>
            in {run.environment}
            {run.report ? ` · ${milliseconds(run.report.ms)}` : ''}
          </Box>
        </Typography>
        {run.running ? (
          <Button color="inherit" onClick={run.cancel}>
            Cancel
          </Button>
        ) : (
          <>
            <Button color="inherit" onClick={onAgain}>
              Test again
            </Button>
            <IconButton aria-label="Close the test" onClick={run.close}>
              <CloseIcon sx={{ fontSize: 16 }} />
            </IconButton>
          </>
        )}
      </Box>
      {run.failure ? (
        <Alert severity="error" role="alert" sx={{ m: 3 }}>
          {run.failure}
        </Alert>
      ) : null}
      <Box
        component="ol"
        aria-label="Stages"
        sx={{ m: 0, px: 3, py: 2, listStyle: 'none', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 0.5 }}
      >
        {run.stages.map((stage) => (
          <StageRow key={stage.stage} stage={stage} fields={labels} onField={onField} remedyFor={remedyFor} />
        ))}
      </Box>
      {run.report ? <TestFactList facts={run.report.facts} /> : null}
    </Box>
  );
}
