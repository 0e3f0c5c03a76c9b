'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { Ago } from '#app/_components/Ago.tsx';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import type { DeploymentRow, EnvironmentRow } from '#lib/http/api.ts';
import { RUN_LOOKS } from './deploy-words.ts';

type Props = {
  deployments: DeploymentRow[];
  shown: string | null;
  environment: EnvironmentRow | undefined;
  may: boolean;
  onOpen: (id: string) => void;
  onRollBack: (release: { release: string; number: number | null }) => void;
};

/** Who deployed what and when, the newest first; each opens its record. */
export function DeployHistory({ deployments, shown, environment, may, onOpen, onRollBack }: Props) {
  const active = environment?.active?.release ?? null;
  // a release is offered once, where it was active last
  const offered = new Map(
    deployments
      .filter((each) => each.state === 'done' && each.release !== null && each.release !== active)
      .toReversed()
      .map((each) => [each.release, each.id]),
  );
  return (
    <Box
      sx={{ position: 'relative', overflowX: 'auto', border: 1, borderColor: 'divider', borderRadius: '8px' }}
      tabIndex={-1}
    >
      <Box
        component="table"
        aria-label="Deployments"
        sx={{
          width: '100%',
          borderCollapse: 'collapse',
          '& th, & td': { textAlign: 'left', px: 3, py: 1.25, whiteSpace: 'nowrap' },
          '& thead th': { fontSize: 12, fontWeight: 550, color: 'text.secondary', bgcolor: 'surface.sunken' },
          '& tbody tr': { borderTop: '1px solid var(--mui-palette-divider)' },
        }}
      >
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col">Release</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deployments.map((each) => (
            <Box
              component="tr"
              key={each.id}
              aria-current={each.id === shown ? 'true' : undefined}
              sx={{ bgcolor: each.id === shown ? 'surface.selected' : 'transparent' }}
            >
              <td>
                <Link component="button" type="button" onClick={() => onOpen(each.id)}>
                  {each.kind === 'rollback' ? 'Roll back' : 'Deploy'}
                </Link>
              </td>
              <td>
                <Status kind={RUN_LOOKS[each.state].kind}>
                  {RUN_LOOKS[each.state].word}
                  {each.state === 'refused' && each.reasons > 0 ? `, ${each.reasons}` : ''}
                </Status>
              </td>
              <td>
                {each.releaseNumber ?? '–'}
                {each.release !== null && each.release === active ? ' (active)' : ''}
              </td>
              <td>{each.by}</td>
              <td>
                <Ago at={each.startedAt} />
                {each.endedAt ? (
                  <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                    {' '}
                    · {milliseconds(Date.parse(each.endedAt) - Date.parse(each.startedAt))}
                  </Box>
                ) : null}
              </td>
              <td>
                {may && each.release !== null && offered.get(each.release) === each.id ? (
                  <Button
                    color="inherit"
                    aria-label={`Roll back to release ${each.releaseNumber}`}
                    onClick={() => onRollBack({ release: each.release ?? '', number: each.releaseNumber })}
                    sx={{ minHeight: 0, py: 0 }}
                  >
                    Roll back
                  </Button>
                ) : null}
              </td>
            </Box>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
