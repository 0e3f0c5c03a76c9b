import { request, RequestFailure } from '#app/_components/request.ts';
import { signInAction, signOutAction } from '../sign-in/actions.ts';

/** Begins a session; the answer sets the cookie. @throws RequestFailure */
export async function signIn(email: string, password: string): Promise<void> {
  told(await signInAction({ email, password }));
}

/** @throws RequestFailure */
export async function signOut(): Promise<void> {
  told(await signOutAction());
}

/** Makes the first owner and signs in. @throws RequestFailure */
export async function setUp(ownerToken: string, email: string, password: string): Promise<void> {
  await request('/setup', { body: { ownerToken, email, password } });
  await signIn(email, password);
}

/** Accepts an invitation or a reset: both set a password. @throws RequestFailure */
export function acceptInvitation(token: string, password: string): Promise<void> {
  return request(`/invitations/${encodeURIComponent(token)}`, { body: { password } });
}

function told(answer: { refused: string } | null): void {
  if (answer) throw new RequestFailure({ status: 401, code: 'not-signed-in', detail: answer.refused, reasons: [] });
}
