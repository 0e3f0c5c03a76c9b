'use client';
import { AccessCard } from '../_components/AccessCard.tsx';
import { AccessForm } from '../_components/AccessForm.tsx';
import { signIn } from '../_components/session-client.ts';

export function SignIn({ to }: { to: string }) {
  return (
    <AccessCard title="Sign in" intro="Use the account that an owner of this portal made for you.">
      <AccessForm
        submit="Sign in"
        fields={[
          { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'username' },
          { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
        ]}
        onSubmit={async ({ email = '', password = '' }) => {
          await signIn(email, password);
          // a full load: nothing of an earlier session stays in memory
          location.assign(to);
        }}
      />
    </AccessCard>
  );
}
