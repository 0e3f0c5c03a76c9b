import type { Metadata } from 'next';
import { AcceptInvitation } from './AcceptInvitation.tsx';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

/** Open to whoever holds the link; the token is checked when it is used. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  return <AcceptInvitation token={(await params).token} />;
}
