'use client';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import type { Role } from '#lib/access/actor.ts';

const ROLES: { role: Role; label: string }[] = [
  { role: 'viewer', label: 'Viewer: reads' },
  { role: 'developer', label: 'Developer: edits, tests, deploys where not protected' },
  { role: 'owner', label: 'Owner: everything' },
];

type Props = { onClose: () => void; onInvited: (email: string, link: string) => void };

export function InviteDialog({ onClose, onInvited }: Props) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  return (
    <FormDialog
      title="Invite a person"
      submit="Make the link"
      disabled={!/^\S+@\S+\.\S+$/.test(email)}
      onClose={onClose}
      onSubmit={async () => {
        const { link } = await request<{ link: string }>('/users', { body: { email, role } });
        onInvited(email, link);
      }}
    >
      <LabeledInput
        label="E-mail"
        type="email"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <RadioGroup aria-label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {ROLES.map((each) => (
          <FormControlLabel key={each.role} value={each.role} control={<Radio />} label={each.label} />
        ))}
      </RadioGroup>
    </FormDialog>
  );
}
