'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Ago } from '#app/_components/Ago.tsx';
import { Reasons } from '#app/_components/Reasons.tsx';
import { Status } from '#app/_components/Status.tsx';
import type { DeploymentDetail } from '#lib/http/api.ts';
import { Consent } from './Consent.tsx';
import { amount, headline, openReasons, RUN_LOOKS } from './deploy-words.ts';
import { DeploySection } from './DeploySection.tsx';
import { PlanView } from './PlanView.tsx';
import { ReasonList } from './ReasonList.tsx';
import { Served } from './Served.tsx';
import { TestResults } from './TestResults.tsx';
import type { StartDeploy } from './use-start.ts';
import { useMayDeploy } from './use-may-deploy.ts';

type Props = {
  run: DeploymentDetail;
  /** the last one of its environment: it can be worked through; earlier ones are read */
  latest: boolean;
  starting: boolean;
  onDeploy: StartDeploy;
};

/** Everything one deploy or roll-back has to say, the most pressing first. */
export function RunDetails({ run, latest, starting, onDeploy }: Props) {
  const { environment, state, plan } = run;
  const { may } = useMayDeploy(environment);
  const reasons = openReasons(run.reasons);
  const works = latest && state !== 'running' && state !== 'done';
  const wantsConsent = works && state === 'refused' && reasons.length === 0 && plan?.needsConsent === true;
  const again = (options: Parameters<StartDeploy>[0] = {}) =>
    onDeploy({ ...options, ...(run.kind === 'rollback' && run.release ? { release: run.release } : {}) });
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 6 }}>
      <Box>
        <Box component="h2" sx={{ m: 0, fontSize: 16, lineHeight: '24px', fontWeight: 620 }}>
          <Status kind={RUN_LOOKS[state].kind} size={19} label={RUN_LOOKS[state].word}>
            <Box component="span" sx={{ color: 'text.primary', ml: 1 }}>
              {headline(run)}
            </Box>
          </Status>
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: 12, mt: 0.5 }}>
          {run.kind === 'rollback' ? 'roll back' : 'deploy'} by {run.by}, <Ago at={run.startedAt} />
          {run.releaseNumber === null ? '' : ` · release ${run.releaseNumber}`}
        </Box>
      </Box>
      {reasons.length > 0 ? (
        <DeploySection title={state === 'refused' ? 'What is missing' : 'What went wrong'}>
          <ReasonList
            reasons={reasons}
            environment={environment}
            since={run.startedAt}
            actions={works}
            onConfirmTargets={() => void again({ confirmTargets: true })}
          />
          {works && may ? (
            <Box>
              <Button variant="contained" loading={starting} onClick={() => void again()}>
                {run.kind === 'rollback' ? 'Roll back again' : 'Deploy again'}
              </Button>
            </Box>
          ) : null}
        </DeploySection>
      ) : null}
      {wantsConsent ? (
        <Consent
          plan={plan}
          busy={starting}
          changed={run.reasons.find(({ code }) => code === 'plan-changed')?.message ?? null}
          onApprove={() => void again({ approve: plan.hash })}
        />
      ) : null}
      {state === 'done' && latest ? <Served environment={environment} /> : null}
      {run.outcome.length > 0 ? (
        <DeploySection title="Applied">
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
            {run.outcome.map((each) => (
              <Box component="li" key={each.element} sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
                <Status kind={each.state === 'done' ? 'ok' : each.state === 'partial' ? 'failed' : 'off'}>
                  <code>{each.element}</code>
                </Status>
                <span>
                  {each.applied} of {amount(each.of, 'statement')}
                </span>
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {each.message}
                </Box>
              </Box>
            ))}
          </Box>
        </DeploySection>
      ) : null}
      {run.warnings.length > 0 ? (
        <DeploySection title={amount(run.warnings.length, 'warning')}>
          <Reasons reasons={run.warnings} />
        </DeploySection>
      ) : null}
      {plan ? (
        <DeploySection
          title="Plan"
          aside={plan.databases.length > 0 ? (plan.changes === 0 ? 'no changes' : amount(plan.changes, 'change')) : ''}
        >
          <PlanView plan={plan} />
        </DeploySection>
      ) : null}
      {run.tests.length > 0 ? (
        <DeploySection title="Databases" aside="tested with the values of this environment">
          <TestResults tests={run.tests} calm={state !== 'failed'} />
        </DeploySection>
      ) : null}
    </Box>
  );
}
