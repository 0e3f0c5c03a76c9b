'use client';
import { useState } from 'react';
import { request, RequestFailure } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { Reason } from '#lib/core/errors.ts';
import type { PlanAnswer } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';

/** What a deploy would do now, or why it would be refused. `at` is ISO 8601. */
export type Preview = { environment: string; at: string } & (
  { answer: PlanAnswer; refusal: null } | { answer: null; refusal: { message: string; reasons: Reason[] } }
);

/** Asks for a plan; nothing is recorded and nothing changes. */
export function usePlan(app: string, environment: string) {
  const { fail } = useToasts();
  const [planning, setPlanning] = useState(false);
  const [preview, setPreview] = useState<Preview | null>(null);
  const plan = async (options: { confirmTargets?: boolean } = {}) => {
    setPlanning(true);
    const at = new Date().toISOString();
    try {
      const answer = await request<PlanAnswer>(`${environmentPath(app, environment)}/plan`, { body: options });
      setPreview({ environment, at, answer, refusal: null });
    } catch (error) {
      if (error instanceof RequestFailure && error.reasons.length > 0) {
        const refusal = { message: error.message, reasons: error.reasons };
        setPreview({ environment, at, answer: null, refusal });
      } else fail(error);
    }
    setPlanning(false);
  };
  return {
    planning,
    plan,
    preview: preview?.environment === environment ? preview : null,
    close: () => setPreview(null),
  };
}
