import type { ConnectionRow } from '#lib/http/api.ts';

/** The schemas that the databases of a connection use, each once; '' without any. */
export const schemasOf = ({ databases }: ConnectionRow): string =>
  [...new Set(databases.flatMap(({ schema }) => schema ?? []))].join(', ');
