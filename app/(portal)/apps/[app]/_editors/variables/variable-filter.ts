import type { VariableMatrix, VariableRow } from '#lib/http/api.ts';

export const FILTERS = ['missing', 'unused', 'differing', 'secret'] as const;
export type VariableFilter = (typeof FILTERS)[number];

const TESTS: Record<VariableFilter, (variable: VariableRow, environments: VariableMatrix['environments']) => boolean> =
  {
    missing: (variable, environments) => environments.some(({ name }) => variable.cells[name]?.state === 'missing'),
    unused: (variable) => variable.usedBy.length === 0,
    differing: (variable, environments) => {
      const shown = environments
        .map(({ name }) => variable.cells[name])
        .filter((cell) => cell?.state === 'set' || cell?.state === 'default');
      return (
        variable.definition.type !== 'secret' &&
        new Set(shown.map((cell) => JSON.stringify(cell?.value ?? null))).size > 1
      );
    },
    secret: (variable) => variable.definition.type === 'secret',
  };

/** The rows that pass every filter and have the text in key, name or description. */
export function filtered(
  { variables, environments }: VariableMatrix,
  filters: VariableFilter[],
  text: string,
): VariableRow[] {
  const wanted = text.trim().toLowerCase();
  return variables.filter((variable) => {
    const { name = '', description = '' } = variable.definition;
    return (
      filters.every((filter) => TESTS[filter](variable, environments)) &&
      `${variable.key} ${name} ${description}`.toLowerCase().includes(wanted)
    );
  });
}

/** How many rows each filter alone would show. */
export function countsOf({ variables, environments }: VariableMatrix): Record<VariableFilter, number> {
  const count = (filter: VariableFilter) =>
    variables.filter((variable) => TESTS[filter](variable, environments)).length;
  return { missing: count('missing'), unused: count('unused'), differing: count('differing'), secret: count('secret') };
}
