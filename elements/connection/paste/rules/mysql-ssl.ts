import type { Draft } from '../draft.ts';
import type { PasteField } from '../engine-fields.ts';
import { FILE_PATH, readSwitch, UNCHECKED } from './rule.ts';

const PEM: Record<string, PasteField> = { ca: 'tls.ca', cert: 'tls.cert', key: 'tls.key' };

/** `ssl=true`, or the object of mysql2 as JSON. */
export function mysqlSsl(draft: Draft, key: string, value: string): void {
  const on = readSwitch(value);
  if (on !== null) return draft.encrypt(key, on);
  const settings = readObject(value);
  if (settings === null) return draft.refuse(key, 'a profile of another program; choose the TLS mode');
  draft.encrypt(key, true);
  for (const [name, set] of Object.entries(settings)) {
    const field = Object.hasOwn(PEM, name) ? PEM[name] : undefined;
    const shown = `${key}.${name}`;
    if (name === 'rejectUnauthorized' || name === 'verifyIdentity') {
      if (set !== true) draft.refuse(shown, UNCHECKED);
    } else if (name === 'servername' && typeof set === 'string') draft.take('tls.serverName', shown, set);
    else if (name === 'passphrase' && typeof set === 'string') draft.take('tls.keyPassphrase', shown, set);
    else if (!field) draft.ignore(shown);
    else if (typeof set === 'string' && set.startsWith('-----BEGIN ')) draft.take(field, shown, set);
    else draft.refuse(shown, FILE_PATH);
  }
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
