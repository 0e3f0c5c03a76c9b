/** Every engine's definition, safe for the browser: one line per engine. */
import type { DatabaseDefinition } from './contract.ts';
import { mysql } from './mysql/definition.ts';
import { oracle } from './oracle/definition.ts';
import { postgresql } from './postgresql/definition.ts';
import { sqlite } from './sqlite/definition.ts';
import { sqlserver } from './sqlserver/definition.ts';

export const definitions = {
  sqlite,
  postgresql,
  mysql,
  sqlserver,
  oracle,
} satisfies Record<string, DatabaseDefinition>;

export type EngineName = keyof typeof definitions;

export const definitionList: DatabaseDefinition[] = Object.values(definitions);

/** The definition behind an element type such as `databases.PgSqlType` or `connections.PgSqlType`. */
export function definitionOfType(type: string): DatabaseDefinition | undefined {
  return definitionList.find((each) => each.databaseType === type || each.connectionType === type);
}
