import type { Actor } from '#lib/access/actor.ts';
import { proveValues } from '#lib/connections/apply-values.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { VariableDefinition } from '#lib/source/source.ts';
import type { EnvironmentPlace } from './load-values.ts';
import { parseValues } from './write-values.ts';

/**
 * Tries texts about to be set on what runs in the environment (rule 3.8), before anything is written.
 * @returns what fails with them, where `force` lets it pass
 * @throws Fault `wrong-input`; `secret-target`; `refused` for a failure that the old values do not have, unless `force`
 */
export async function proveTexts(
  actor: Actor,
  app: string,
  environment: EnvironmentPlace,
  definitions: Record<string, VariableDefinition>,
  texts: Record<string, string>,
  options: { force?: boolean | undefined; confirmTargets?: boolean | undefined },
): Promise<Reason[]> {
  parseValues(environment.name, definitions, texts);
  const { confirmTargets = false, force = false } = options;
  const { targets, failures } = await proveValues(actor, app, environment, texts, { confirmTargets });
  if (targets.length > 0) throw refusal('secret-target', targets);
  if (failures.length > 0 && !force) throw refusal('refused', failures);
  return failures;
}

function refusal(code: 'secret-target' | 'refused', reasons: Reason[]): Fault {
  const [first] = reasons;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  return new Fault(code, `${first?.message}${more} ${first?.next}`, reasons);
}
