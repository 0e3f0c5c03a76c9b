'use client';
import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import useSWR from 'swr';
import { messageOf } from '#app/_components/Toasts.tsx';
import { FormSection } from '#elements/connection/ui/FormSection.tsx';
import type { Portability } from '#lib/http/api.ts';

/** What a type or feature becomes on each engine, before a model is bound to one; `engine` is that of the chosen database. */
export function PortabilityFold({ engine }: { engine: string | null }) {
  const [opened, setOpened] = useState(false);
  const { data, error } = useSWR<Portability>(opened ? '/portability' : null, { revalidateOnFocus: false });
  return (
    <FormSection title="Where this works" folded onOpen={() => setOpened(true)}>
      {error ? <Alert severity="error">{messageOf(error)}</Alert> : null}
      {data ? <PortabilityTable data={data} engine={engine} /> : error ? null : <Skeleton height={320} />}
    </FormSection>
  );
}

function PortabilityTable({ data, engine }: { data: Portability; engine: string | null }) {
  const chosen = (at: number) => (data.engines[at]?.engine === engine ? { bgcolor: 'surface.selected' } : {});
  return (
    <TableContainer>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Type or feature</TableCell>
            {data.engines.map((each, at) => (
              <TableCell key={each.engine} sx={chosen(at)}>
                {each.title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {[...data.types, ...data.features].map(({ what, cells }) => (
            <TableRow key={what}>
              <TableCell component="th" scope="row">
                {what}
              </TableCell>
              {cells.map(({ text, loss }, at) => (
                <TableCell key={data.engines[at]?.engine} sx={{ verticalAlign: 'top', ...chosen(at) }}>
                  <code>{text}</code>
                  {loss ? <div>▲ {loss}</div> : null}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
