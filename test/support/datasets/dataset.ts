import type { EngineName } from '#elements/database/definitions.ts';

const SCRIPTED = ['sqlite', 'postgresql', 'mysql', 'sqlserver'] as const satisfies EngineName[];

/** Engines that the scripts are written for. */
export type ScriptedEngine = (typeof SCRIPTED)[number];

export const isScripted = (name: EngineName): name is ScriptedEngine =>
  (SCRIPTED as readonly EngineName[]).includes(name);

/** A schema with data, as somebody else made it on each engine. */
export type DataSet = {
  name: string;
  /** the script of one engine: many statements, ready to run in an empty database */
  script(engine: ScriptedEngine): string;
  /** true counts, by name of the model that introspection proposes */
  counts: Record<string, number>;
  /** a model with a reference, its field that sorts, and the embedded model's */
  joined: {
    model: string;
    label: string;
    embed: string;
    embedLabel: string;
    /** first five in code-point order, where known */ first?: string[];
  };
  /** a table without references to which a row can be added that tells one server from another */
  marker: {
    model: string;
    table: (engine: ScriptedEngine) => string;
    column: (engine: ScriptedEngine) => string;
    key: (engine: ScriptedEngine) => string;
  };
};

/** `snake_case` in PostgreSQL, `PascalCase` elsewhere, as such schemas usually are. */
export function spelled(engine: ScriptedEngine, snake: string): string {
  if (engine === 'postgresql') return snake;
  return snake.replaceAll(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
