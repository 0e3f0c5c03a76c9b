'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import type { Plan } from '#lib/deploy/plan.ts';
import { amount } from './deploy-words.ts';
import { useMayDeploy } from './use-may-deploy.ts';

type Props = {
  plan: Plan;
  busy: boolean;
  /** why consent given before is void */ changed: string | null;
  onApprove: () => void;
};

/** Consent to one plan, by its hash; in a protected environment its name is typed. */
export function Consent({ plan, busy, changed, onApprove }: Props) {
  const { environment, may } = useMayDeploy(plan.environment);
  const [typed, setTyped] = useState('');
  const guarded = environment?.protected === true;
  const destructive = plan.databases.flatMap((each) => each.changes).filter((each) => each.phase === 'destructive');
  return (
    <Box
      component="form"
      aria-label="Consent"
      onSubmit={(event) => {
        event.preventDefault();
        if (!guarded || typed === plan.environment) onApprove();
      }}
      sx={{
        display: 'grid',
        gap: 3,
        p: 4,
        border: 1,
        borderColor: 'warning.main',
        borderRadius: '8px',
        bgcolor: 'color-mix(in srgb, var(--mui-palette-warning-main) 6%, transparent)',
      }}
    >
      <div>
        {changed ? <div>{changed}</div> : null}
        {destructive.length > 0
          ? `${amount(destructive.length, 'change')} of this plan can not be taken back. `
          : `${plan.environment} is protected, and this plan changes it. `}
        Look at the plan below. Consent is given to it, as it stands, and to no other: when the release, a database or a
        schema changes, it is void.
      </div>
      {may ? (
        <>
          {guarded ? (
            <Box sx={{ maxWidth: 320 }}>
              <LabeledInput
                mono
                autoComplete="off"
                label={
                  <>
                    Type <code>{plan.environment}</code> to consent
                  </>
                }
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </Box>
          ) : null}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center' }}>
            <Button
              type="submit"
              variant="contained"
              color="warning"
              loading={busy}
              disabled={guarded && typed !== plan.environment}
            >
              Approve and deploy
            </Button>
            <Box component="span" sx={{ color: 'text.secondary', fontSize: 12, overflowWrap: 'anywhere' }}>
              plan <code>{plan.hash}</code>
            </Box>
          </Box>
        </>
      ) : (
        <div>Only an owner consents to changes of {plan.environment}. Ask one to open this page.</div>
      )}
    </Box>
  );
}
