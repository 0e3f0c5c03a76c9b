'use client';
import { AccessCard } from '../../_components/AccessCard.tsx';
import { AccessForm } from '../../_components/AccessForm.tsx';
import { NEW_PASSWORD } from '../../_components/new-password-field.ts';
import { acceptInvitation } from '../../_components/session-client.ts';

export function AcceptInvitation({ token }: { token: string }) {
  return (
    <AccessCard
      title="Choose a password"
      intro="This link works once: for a new account, or to set a new password for the one you have."
    >
      <AccessForm
        submit="Set password"
        fields={[NEW_PASSWORD]}
        onSubmit={async ({ password = '' }) => {
          await acceptInvitation(token, password);
          location.assign('/sign-in');
        }}
      />
    </AccessCard>
  );
}
