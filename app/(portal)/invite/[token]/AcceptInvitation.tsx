'use client';
import { AccessCard } from '../../_components/AccessCard.tsx';
import { AccessForm } from '../../_components/AccessForm.tsx';
import { acceptInvitation } from '../../_components/session-client.ts';

export function AcceptInvitation({ token }: { token: string }) {
  return (
    <AccessCard
      title="Choose a password"
      intro="This link works once: for a new account, or to set a new password for the one you have."
    >
      <AccessForm
        submit="Set password"
        fields={[
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'new-password',
            minLength: 12,
            help: '8 characters or more; a few unrelated words do well.',
          },
        ]}
        onSubmit={async ({ password = '' }) => {
          await acceptInvitation(token, password);
          location.assign('/sign-in');
        }}
      />
    </AccessCard>
  );
}
