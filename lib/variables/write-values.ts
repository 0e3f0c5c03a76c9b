import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import { sealValue } from '#lib/secrets/values.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import type { Tx } from '#lib/store/open.ts';
import { newId } from '#lib/store/new-id.ts';
import { parseValue } from './parse-value.ts';

type Place = { id: string; name: string };

/**
 * Seals and writes values of one environment, all or none, with an audit row each that says whether a secret was set and
 * never its text.
 * @throws Fault `wrong-input` with a reason per key that is not defined or whose text does not fit its type (rule 3.4)
 */
export async function writeValues(
  tx: Tx,
  actor: Actor,
  app: Place,
  environment: Place,
  definitions: Record<string, VariableDefinition>,
  texts: Record<string, string>,
): Promise<void> {
  const parsed = parseValues(environment.name, definitions, texts);
  for (const { key, text, secret } of parsed) {
    const where = { environmentId_key: { environmentId: environment.id, key } };
    const present = await tx.value.findUnique({ where, select: { version: true } });
    const version = (present?.version ?? 0) + 1;
    const place = { appId: app.id, environmentId: environment.id, key, version };
    const data = {
      sealed: await sealValue(tx, place, text),
      version,
      secret,
      setById: actor.userId,
      setAt: new Date(),
    };
    if (present) await tx.value.update({ where, data });
    else await tx.value.create({ data: { id: newId('val'), environmentId: environment.id, key, ...data } });
    await audit(tx, actor, 'value.set', {
      app: app.name,
      environment: environment.name,
      subject: key,
      detail: { secret, version },
    });
  }
}

/** Checks texts against the types of their variables. @throws Fault `wrong-input`, all faults listed */
export function parseValues(
  environment: string,
  definitions: Record<string, VariableDefinition>,
  texts: Record<string, string>,
): { key: string; text: string; secret: boolean }[] {
  const reasons: Reason[] = [];
  const parsed = Object.entries(texts).flatMap(([key, text]) => {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    const outcome = definition ? parseValue(definition.type, text) : null;
    if (definition && outcome?.ok) return [{ key, text: outcome.text, secret: definition.type === 'secret' }];
    reasons.push(definition && outcome ? wrongValue(key, environment, definition, outcome) : undefinedKey(key));
    return [];
  });
  if (reasons.length === 0) return parsed;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  throw new Fault('wrong-input', `${reasons[0]?.message}${more} ${reasons[0]?.next}`, reasons);
}

function wrongValue(
  key: string,
  environment: string,
  { type }: VariableDefinition,
  outcome: ReturnType<typeof parseValue>,
): Reason {
  const expected = outcome.ok ? '' : outcome.expected;
  return {
    variable: key,
    environment,
    code: 'wrong-value',
    message: `${key} is of type ${type}: expected ${expected}, found something else.`,
    next: 'Set it to a fitting value.',
  };
}

const undefinedKey = (key: string): Reason => ({
  variable: key,
  code: 'undefined-variable',
  message: `There is no variable ${key}.`,
  next: 'Define it under Variables, or correct the key.',
});
