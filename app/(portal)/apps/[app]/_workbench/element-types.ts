import { definitionList } from '#elements/database/definitions.ts';
import type { Family } from '#lib/source/source.ts';

/** `engine` null: no engine's own type. */
export type ElementType = {
  type: string;
  family: Family;
  title: string;
  summary: string;
  engine: string | null;
  name: string;
};

/** Everything that can be added, from the definitions; `name` is what a first one is called. */
export const ELEMENT_TYPES: ElementType[] = [
  ...definitionList.map(({ databaseType, title, summary, engine }) => ({
    type: databaseType,
    family: 'databases' as const,
    title,
    summary,
    engine,
    name: 'Main',
  })),
  ...definitionList.flatMap(({ connectionType, title, engine }) =>
    connectionType === null
      ? []
      : [
          {
            type: connectionType,
            family: 'connections' as const,
            title: `${title} server`,
            summary: 'Host, login, TLS and pool settings that several databases share.',
            engine,
            name: 'Primary',
          },
        ],
  ),
  {
    type: 'models.NormalType',
    family: 'models',
    title: 'Model',
    summary: 'A table: fields, indexes, references, and the database it lives in.',
    engine: null,
    name: 'Customer',
  },
];

/** An engine as people say it; one that this portal does not have, by its name. */
export function titleOfEngine(engine: string): string {
  return definitionList.find((each) => each.engine === engine)?.title ?? engine;
}

export const FAMILY_HELP: Record<Family, { title: string; help: string }> = {
  databases: { title: 'Database', help: 'A database on a server, or a file.' },
  connections: { title: 'Connection', help: 'A server that several databases share.' },
  models: { title: 'Model', help: 'A table of one of the databases.' },
};
