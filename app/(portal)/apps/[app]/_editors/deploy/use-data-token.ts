'use client';
import { useState } from 'react';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import { environmentPath } from '../../_data/paths.ts';

/** A token of the data API, made on request and kept on this page alone: its text is never given again. */
export function useDataToken(app: string, environment: string) {
  const { say, fail } = useToasts();
  const [made, setMade] = useState<{ environment: string; role: 'read' | 'write'; token: string } | null>(null);
  const [busy, setBusy] = useState<'read' | 'write' | null>(null);
  const make = async (role: 'read' | 'write') => {
    setBusy(role);
    try {
      const { token } = await request<{ token: string }>(`${environmentPath(app, environment)}/tokens`, {
        body: { role },
      });
      setMade({ environment, role, token });
      say(`A ${role} token for ${environment} is made. It is shown this once.`);
    } catch (error) {
      fail(error);
    }
    setBusy(null);
  };
  const here = made?.environment === environment ? made : null;
  return { token: here?.token ?? null, role: here?.role ?? null, busy, make };
}
