'use client';
import Box from '@mui/material/Box';
import { CellCheck } from '#elements/model/ui/CellInput.tsx';
import type { Table } from '#elements/database/schema.ts';

type Props = {
  tables: Table[];
  /** names of tables that a model stands for already */
  modelled: ReadonlySet<string>;
  find: string;
  chosen: ReadonlySet<string>;
  readOnly: boolean;
  onChoose: (chosen: ReadonlySet<string>) => void;
};

/** Tables to tick, each with its columns behind a fold. */
export function TableChoice({ tables, modelled, find, chosen, readOnly, onChoose }: Props) {
  const term = find.trim().toLowerCase();
  const shown = tables.filter(({ name, columns }) =>
    [name, ...columns.map((column) => column.name)].some((each) => each.toLowerCase().includes(term)),
  );
  const free = shown.filter(({ name }) => !modelled.has(name));
  const all = free.length > 0 && free.every(({ name }) => chosen.has(name));
  const toggle = (names: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    onChoose(next);
  };
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 2, py: 0.5, bgcolor: 'surface.sunken' }}>
        <CellCheck
          label="All tables shown"
          checked={all}
          disabled={readOnly || free.length === 0}
          onCheck={(on) =>
            toggle(
              free.map(({ name }) => name),
              on,
            )
          }
        />
        <Box component="span" role="status" sx={{ ml: 1, fontSize: 12, color: 'text.secondary' }}>
          {chosen.size} of {tables.length} chosen{term ? `, ${shown.length} shown` : ''}
        </Box>
      </Box>
      <Box component="ul" aria-label="Tables" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 460, overflow: 'auto' }}>
        {shown.map((table) => (
          <Box
            component="li"
            key={table.name}
            sx={{
              display: 'flex',
              gap: 1,
              px: 2,
              borderTop: '1px solid var(--mui-palette-divider)',
              alignItems: 'flex-start',
            }}
          >
            <CellCheck
              label={table.name}
              checked={chosen.has(table.name)}
              disabled={readOnly || modelled.has(table.name)}
              onCheck={(on) => toggle([table.name], on)}
            />
            <Box component="details" sx={{ flex: 1, minWidth: 0, py: '5px' }}>
              <Box component="summary" sx={{ cursor: 'pointer', overflowWrap: 'anywhere' }}>
                <code>{table.name}</code>{' '}
                <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                  {table.kind === 'view' ? 'view, ' : ''}
                  {table.columns.length} {table.columns.length === 1 ? 'column' : 'columns'}
                  {table.foreignKeys.length > 0 ? `, refers to ${refersTo(table).join(', ')}` : ''}
                  {modelled.has(table.name) ? ' · has a model' : ''}
                </Box>
              </Box>
              <Box
                component="ul"
                aria-label={`Columns of ${table.name}`}
                sx={{ m: 0, mt: 1, mb: 1, p: 0, listStyle: 'none', fontSize: 12 }}
              >
                {table.columns.map((column) => (
                  <Box component="li" key={column.name} sx={{ overflowWrap: 'anywhere' }}>
                    <code>
                      {column.name}{' '}
                      <Box component="span" sx={{ color: 'text.secondary' }}>
                        {column.native}
                        {column.nullable ? '' : ' not null'}
                        {table.primaryKey?.columns.includes(column.name) ? ' primary key' : ''}
                      </Box>
                    </code>
                  </Box>
                ))}
              </Box>
            </Box>
          </Box>
        ))}
        {shown.length === 0 ? <Box sx={{ p: 3, color: 'text.secondary' }}>No table is called like that.</Box> : null}
      </Box>
    </Box>
  );
}

const refersTo = (table: Table): string[] => [...new Set(table.foreignKeys.map((key) => key.toTable))];
