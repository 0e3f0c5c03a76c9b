import { Draft } from './draft.ts';
import type { PasteEngine } from './engine-fields.ts';
import { TextRefused, type Found, type Pasted } from './pasted.ts';
import { anyEngine } from './rules/any-engine.ts';
import { dm } from './rules/dm.ts';
import { mysql } from './rules/mysql.ts';
import { oracle } from './rules/oracle.ts';
import { postgresql } from './rules/postgresql.ts';
import { normalKey, type Rules } from './rules/rule.ts';
import { sqlite } from './rules/sqlite.ts';
import { sqlserver } from './rules/sqlserver.ts';

const RULES: Record<PasteEngine, Rules> = { sqlite, postgresql, mysql, sqlserver, oracle, dm };

const MOST_SETTINGS = 200;

/** What was found, by the rules of its engine; a key that no rule knows is ignored, and said to be. @throws TextRefused */
export function judge(found: Found): Pasted {
  if (found.settings.length > MOST_SETTINGS) throw new TextRefused(`The text has over ${MOST_SETTINGS} settings.`);
  const draft = new Draft(found);
  for (const { field, key, value } of found.parts) draft.take(field, key, value);
  for (const { key, value, name = key } of found.settings) {
    const normal = normalKey(name);
    const rule = [RULES[found.engine], anyEngine].find((rules) => Object.hasOwn(rules, normal))?.[normal];
    if (rule) rule(draft, key, value);
    else draft.ignore(key);
  }
  return draft.done();
}
