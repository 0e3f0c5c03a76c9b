import { definitions } from '#elements/database/definitions.ts';
import type { EngineName } from '#elements/database/definitions.ts';
import type { Target } from '#elements/database/contract.ts';

export type CauseWords = Record<string, string>;

/** What the words in braces of `connect-causes.ts` stand for. No secret is among them. */
export function causeWords(target: Target, engine: string, detail = '', from?: string): CauseWords {
  const { endpoint } = target;
  const { title, sharedFields } = definitions[engine as EngineName];
  const fields: { name: string; default?: unknown }[] = sharedFields;
  return {
    host: endpoint.kind === 'server' ? endpoint.host : '',
    port: endpoint.kind === 'server' ? (endpoint.instance ?? String(endpoint.port)) : '',
    user: target.user,
    database: target.database ?? '',
    schema: target.schema ?? '',
    engine: title,
    'usual port': String(fields.find(({ name }) => name === 'port')?.default ?? ''),
    from: from ?? 'the address of the portal',
    detail,
  };
}

export function fillIn(text: string, words: CauseWords): string {
  return text.replaceAll(/\{([\w ]+)\}/g, (_all, name: string) => words[name] ?? '');
}

/** Begins with a capital and ends with a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/:$/, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
