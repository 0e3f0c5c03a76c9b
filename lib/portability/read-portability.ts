import type { Capabilities } from '#elements/database/contract.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { TYPE_SAMPLES } from '#elements/database/type-samples.ts';
import type { Actor } from '#lib/access/actor.ts';
import { requireRight } from '#lib/access/rights.ts';
import type { Portability } from '#lib/http/api.ts';

/** What survives on which engine, out of the engines' own type tables and capabilities. */
export async function readPortability(actor: Actor): Promise<Portability> {
  requireRight({ ...actor, onlyApp: null }, 'app:read');
  return portability();
}

export async function portability(): Promise<Portability> {
  const engines = await Promise.all(definitionList.map(({ engine }) => loadEngine(engine)));
  const types = TYPE_SAMPLES.map(([what, type]) => ({
    what,
    cells: engines.map(({ types: table }) => ({ text: table.native(type), loss: table.loss(type) })),
  }));
  const features = FEATURES.map(([what, tell]) => ({
    what,
    cells: engines.map(({ definition }) => ({ text: tell(definition.capabilities), loss: null })),
  }));
  return { engines: definitionList.map(({ engine, title }) => ({ engine, title })), types, features };
}

const yes = (has: boolean): string => (has ? 'yes' : 'no');

const FEATURES: [what: string, tell: (has: Capabilities) => string][] = [
  ['longest name', ({ nameLength: { max, unit } }) => `${max} ${unit}`],
  ['digits of a decimal', ({ decimalPrecision }) => String(decimalPrecision)],
  ['text without length in a key or index', ({ keyedTextLength }) => cut(keyedTextLength)],
  ['schemas', ({ schemas }) => yes(schemas)],
  ['comments', ({ comments }) => yes(comments)],
  ['a deploy’s changes are all or nothing', ({ transactionalDdl }) => yes(transactionalDdl)],
];

const cut = (length: number | undefined): string => (length === undefined ? 'whole' : `gets a length of ${length}`);
