'use client';
import Box from '@mui/material/Box';
import { Ago } from '#app/_components/Ago.tsx';
import { Status } from '#app/_components/Status.tsx';
import type { VariableCell, VariableRow } from '#lib/http/api.ts';
import { useVariables } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

/** Where the value comes from in each environment; warns where there is none. */
export function Provenance({ variable: key, optional }: { variable: string; optional: boolean }) {
  const { app } = useWorkbench();
  const { data } = useVariables(app);
  if (!data) return null;
  const variable = data.variables.find((each) => each.key === key);
  if (!variable) {
    return (
      <Status kind="failed" size={14}>
        No variable is called {key}. Make it with the toggle, or pick another.
      </Status>
    );
  }
  return (
    <Box
      component="ul"
      aria-label="Value in each environment"
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 0.5 }}
    >
      {data.environments.map(({ name }) => (
        <Box component="li" key={name} sx={{ minWidth: 0 }}>
          <OneCell name={name} variable={variable} cell={variable.cells[name]} optional={optional} />
        </Box>
      ))}
    </Box>
  );
}

function OneCell({
  name,
  variable,
  cell,
  optional,
}: {
  name: string;
  variable: VariableRow;
  cell: VariableCell | undefined;
  optional: boolean;
}) {
  if (!cell || cell.state === 'missing' || (cell.state === 'unset' && !optional)) {
    return (
      <Status kind="failed" size={13}>
        {name}: missing
      </Status>
    );
  }
  if (cell.state === 'unset') return <span>{name}: left out</span>;
  if (cell.state === 'default') {
    return (
      <span>
        {name}: default <b>{String(variable.definition.default)}</b>
      </span>
    );
  }
  return (
    <span>
      {name}: {cell.value === null ? 'set' : <b>{shortened(String(cell.value))}</b>}
      {cell.setAt ? (
        <>
          {' · set '}
          <Ago at={cell.setAt} />
        </>
      ) : null}
    </span>
  );
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 40 || line !== text ? `${line.slice(0, 40)}…` : line;
}
