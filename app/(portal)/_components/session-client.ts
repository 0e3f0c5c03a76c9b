import { request } from '#app/_components/request.ts';

/** Begins a session; the cookie is set by the answer. @throws RequestFailure */
export function signIn(email: string, password: string): Promise<void> {
  return request('/session', { method: 'POST', body: { email, password } });
}

/** @throws RequestFailure */
export function signOut(): Promise<void> {
  return request('/session', { method: 'DELETE' });
}

/** Makes the first owner and signs in. @throws RequestFailure */
export async function setUp(ownerToken: string, email: string, password: string): Promise<void> {
  await request('/setup', { body: { ownerToken, email, password } });
  await signIn(email, password);
}

/** Accepts an invitation or a reset; both set a password. @returns the e-mail it was for @throws RequestFailure */
export function acceptInvitation(token: string, values: { name?: string; password: string }): Promise<{ email?: string }> {
  return request(`/invitations/${encodeURIComponent(token)}`, { body: values });
}
