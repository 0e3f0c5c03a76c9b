'use client';
import { AccessCard } from '../_components/AccessCard.tsx';
import { AccessForm } from '../_components/AccessForm.tsx';
import { NEW_PASSWORD } from '../_components/new-password-field.ts';
import { setUp } from '../_components/session-client.ts';

export function SetUp({ token }: { token: string }) {
  return (
    <AccessCard
      title="Set up this portal"
      intro="Make the first owner. The owner token was printed where the portal was started; it works once."
    >
      <AccessForm
        submit="Make the owner"
        fields={[
          { name: 'token', label: 'Owner token', autoComplete: 'off', initial: token, mono: true },
          { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
          NEW_PASSWORD,
        ]}
        onSubmit={async (values) => {
          await setUp(values.token?.trim() ?? '', values.email ?? '', values.password ?? '');
          location.assign('/');
        }}
      />
    </AccessCard>
  );
}
