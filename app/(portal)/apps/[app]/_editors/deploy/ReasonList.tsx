'use client';
import Box from '@mui/material/Box';
import { Status } from '#app/_components/Status.tsx';
import type { Reason } from '#lib/core/errors.ts';
import type { VariableRow } from '#lib/http/api.ts';
import { useVariables } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { ReasonActions } from './ReasonActions.tsx';
import { SetValue } from './SetValue.tsx';
import { useMayDeploy } from './use-may-deploy.ts';

type Props = {
  reasons: Reason[];
  environment: string;
  /** ISO 8601; what was set after it counts as mended */
  since: string;
  /** false for a record of the past: it is read, not worked through */
  actions: boolean;
  onConfirmTargets: () => void;
};

const BY_VALUE = new Set(['missing-variable', 'wrong-value', 'placeholder-secret']);

/** Reasons as a list to work through: each is mended in place, or leads to where it is. */
export function ReasonList({ reasons, environment, since, actions, onConfirmTargets }: Props) {
  const { app } = useWorkbench();
  const { data } = useVariables(app);
  const { may } = useMayDeploy(environment);
  return (
    <Box
      component="ul"
      aria-label="What is missing"
      sx={{ m: 0, p: 0, listStyle: 'none', border: 1, borderColor: 'divider', borderRadius: '8px' }}
    >
      {reasons.map((reason) => {
        const variable = data?.variables.find((each) => each.key === reason.variable);
        const mended = actions && isMended(variable, environment, since);
        return (
          <Box
            component="li"
            key={JSON.stringify(reason)}
            sx={{
              p: 3,
              display: 'flex',
              gap: 2.5,
              '& + &': { borderTop: '1px solid var(--mui-palette-divider)' },
            }}
          >
            <Box sx={{ pt: '1px' }}>
              <Status kind={mended ? 'ok' : 'warning'} size={17} label={mended ? 'mended' : 'to mend'} />
            </Box>
            <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 1, alignItems: 'flex-start' }}>
                <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
                  <Box component="code" sx={{ color: 'text.secondary' }}>
                    {[reason.element, reason.field, reason.variable].filter(Boolean).join(' · ')}
                  </Box>
                  <div>{reason.message}</div>
                  {reason.next && !reason.message.includes(reason.next) && !mended ? (
                    <Box sx={{ color: 'text.secondary' }}>{reason.next}</Box>
                  ) : null}
                </Box>
                {actions ? (
                  <ReasonActions reason={reason} environment={environment} onConfirmTargets={onConfirmTargets} />
                ) : null}
              </Box>
              {mended ? (
                <Box role="status" sx={{ color: 'success.main' }}>
                  {reason.variable} is set now. Deploy again.
                </Box>
              ) : actions && may && variable && BY_VALUE.has(reason.code) ? (
                <SetValue variable={variable} environment={environment} />
              ) : null}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

function isMended(variable: VariableRow | undefined, environment: string, since: string): boolean {
  const cell = variable?.cells[environment];
  return cell?.state === 'set' && cell.setAt !== null && Date.parse(cell.setAt) > Date.parse(since);
}
