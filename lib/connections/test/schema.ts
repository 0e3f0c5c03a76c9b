import { toldCause } from './told.ts';
import { ok, skipped } from './trial.ts';
import type { Stage } from './trial.ts';

/** The schema is there, where the engine has schemas. */
export const schema: Stage = {
  name: 'schema',
  decisive: true,
  async run({ dial, engine, resolved, element, facts }) {
    if (!dial?.session || !engine || !resolved) throw new Error('schema follows database');
    const { session, target } = dial;
    if (element.startsWith('connections.')) return skipped('A connection has no schema of its own.');
    if (!session.capabilities.schemas) return skipped('This engine has no schemas.');
    if (target.schema === null) return skipped('The schema is that of the user.');
    if (await engine.schemaExists(session, target.schema)) return ok(`Schema ${target.schema} is there.`);
    return toldCause('unknown-schema', target, resolved, facts.from);
  },
};
