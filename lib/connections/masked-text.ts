import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { Secret } from '#lib/core/secret.ts';
import type { ResolvedElement, ResolvedField } from '#lib/variables/resolution.ts';

const MASK = '••••';

/** A field as anyone may see it: its value, `{{KEY}}` where a variable has none, the mask for a secret; null: left out. */
export function shownField(field: ResolvedField | undefined): string | null {
  if (!field) return null;
  const { value, origin } = field;
  if (value instanceof Secret) return MASK;
  if (value !== null) return String(value);
  return 'variable' in origin && origin.variable !== undefined ? `{{${origin.variable}}}` : null;
}

/** The settings of a server as one line that may be shown and copied: `postgresql://shop:••••@db.example.com:5432/shop?tls.mode=require`. */
export function maskedText(
  definition: DatabaseDefinition,
  { fields }: ResolvedElement,
  database: string | null,
): string {
  const part = (name: string): string | null => shownField(fields[name]);
  const host = part('host') ?? '';
  const port = part('port');
  const login = fields['user'] ? `${escaped(part('user') ?? '')}:${MASK}@` : '';
  const extras = definition.sharedFields
    .filter(({ name, group }) => name === 'tls.mode' || (group === 'server' && name !== 'host' && name !== 'port'))
    .flatMap(({ name }) => {
      const value = part(name);
      return value === null ? [] : [`${name}=${escaped(value)}`];
    });
  return [
    `${definition.engine}://${login}${host.includes(':') ? `[${host}]` : host}`,
    port === null ? '' : `:${port}`,
    database === null ? '' : `/${escaped(database)}`,
    extras.length > 0 ? `?${extras.join('&')}` : '',
  ].join('');
}

/** A reference stays readable. */
const escaped = (text: string): string => (/^\{\{\w+\}\}$/.test(text) ? text : encodeURIComponent(text));
