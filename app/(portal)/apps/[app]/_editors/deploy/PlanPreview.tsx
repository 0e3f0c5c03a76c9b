'use client';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { Reasons } from '#app/_components/Reasons.tsx';
import { Consent } from './Consent.tsx';
import { amount } from './deploy-words.ts';
import { DeploySection } from './DeploySection.tsx';
import { PlanView } from './PlanView.tsx';
import { ReasonList } from './ReasonList.tsx';
import type { Preview } from './use-plan.ts';

type Props = {
  preview: Preview;
  starting: boolean;
  onApprove: (hash: string) => void;
  onConfirmTargets: () => void;
  onClose: () => void;
};

/** What a deploy would do now. */
export function PlanPreview({ preview, starting, onApprove, onConfirmTargets, onClose }: Props) {
  const { answer, refusal, environment, at } = preview;
  return (
    <Box component="section" aria-label="Plan" sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 5 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <Box sx={{ flex: 1 }} role="status">
          <Typography variant="h2">
            {refusal
              ? `A deploy to ${environment} would wait for ${amount(refusal.reasons.length, 'thing')}`
              : answer.changes === 0
                ? `A deploy to ${environment} would change no schema`
                : `A deploy to ${environment} would make ${amount(answer.changes, 'change')}`}
          </Typography>
          <Box sx={{ color: 'text.secondary', fontSize: 12 }}>Nothing has been changed or recorded.</Box>
        </Box>
        <IconButton aria-label="Close the plan" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </Box>
      {refusal ? (
        <ReasonList
          reasons={refusal.reasons}
          environment={environment}
          since={at}
          actions
          onConfirmTargets={onConfirmTargets}
        />
      ) : (
        <>
          {answer.plan.needsConsent ? (
            <Consent plan={answer.plan} busy={starting} changed={null} onApprove={() => onApprove(answer.plan.hash)} />
          ) : null}
          <PlanView plan={answer.plan} />
          {answer.warnings.length > 0 ? (
            <DeploySection title={amount(answer.warnings.length, 'warning')}>
              <Reasons reasons={answer.warnings} />
            </DeploySection>
          ) : null}
        </>
      )}
    </Box>
  );
}
