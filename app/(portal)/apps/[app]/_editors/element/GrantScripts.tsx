'use client';
import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useState } from 'react';
import { CommandBlock } from '#app/_components/CommandBlock.tsx';
import { request } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import { FormSection } from '#elements/connection/ui/FormSection.tsx';
import type { GrantKind } from '#elements/database/contract.ts';
import { GRANT_KINDS } from '#elements/database/grant-kinds.ts';
import type { Draft, GrantScript } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';

type Props = { app: string; environment: string; draft: () => Draft };

/** Scripts that make a login with just the rights it needs, for whoever administers the server; made when unfolded. */
export function GrantScripts({ app, environment, draft }: Props) {
  const [kind, setKind] = useState<GrantKind>('read-write');
  const [scripts, setScripts] = useState<GrantScript[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const ask = () => {
    const { type, body } = draft();
    setFailure(null);
    request<{ scripts: GrantScript[] }>(`${environmentPath(app, environment)}/grants`, { body: { type, body } }).then(
      (answer) => setScripts(answer.scripts),
      (error: unknown) => setFailure(messageOf(error)),
    );
  };
  const script = scripts?.find((each) => each.kind === kind);
  return (
    <FormSection title="Scripts for logins" folded onOpen={ask}>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="Rights of the login"
        value={kind}
        onChange={(_, next: GrantKind | null) => next && setKind(next)}
        sx={{ '& button': { textTransform: 'none', py: '3px', px: 2.5 } }}
      >
        {GRANT_KINDS.map((each) => (
          <ToggleButton key={each.kind} value={each.kind}>
            {each.title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div>
        {GRANT_KINDS.find((each) => each.kind === kind)?.help} Names are those of {environment}; put a new password in
        the place of <code>&lt;password&gt;</code>.
      </div>
      {failure ? <Alert severity="error">{failure}</Alert> : null}
      {script ? <CommandBlock label="Script" text={script.sql} /> : null}
      {scripts === null && !failure ? <Skeleton variant="rounded" height={140} /> : null}
      {scripts?.length === 0 ? <Alert severity="info">There are no scripts for this engine yet.</Alert> : null}
    </FormSection>
  );
}
