import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import type { ConnectCause } from '#elements/database/connect-causes.ts';
import type { ConnectFailure, Target } from '#elements/database/contract.ts';
import { namesInstead } from '#elements/database/tls.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { blame } from './blame.ts';
import type { Verdict } from './trial.ts';

/** A failed connect as a person reads it: one sentence, the field at fault, the next step. */
export function told(failure: ConnectFailure, target: Target, resolved: ResolvedElement): Verdict {
  return toldCause(failure.why, failure.detail, target, resolved);
}

export function toldCause(why: ConnectCause, detail: string, target: Target, resolved: ResolvedElement): Verdict {
  const { found, field, next } = CONNECT_CAUSES[why];
  const { endpoint } = target;
  const words: Record<string, string> = {
    host: endpoint.kind === 'server' ? endpoint.host : '',
    port: endpoint.kind === 'server' ? String(endpoint.port) : '',
    user: target.user,
    database: target.database ?? '',
    schema: target.schema ?? '',
    detail,
  };
  const text = found.replace(/\{(\w+)\}/g, (_all, name: string) => words[name] ?? '');
  const names = why === 'wrong-name' ? namesInstead(detail) : [];
  return {
    state: 'failed',
    message: sentence(text),
    ...blame(resolved, field),
    code: why,
    next,
    ...(names.length > 0 ? { names } : {}),
  };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
