'use client';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useFormContext } from 'react-hook-form';
import type { CertificateFacts } from '../../database/contract.ts';
import type { CertificateFinding } from '../../database/check-certificates.ts';
import { useFieldHost } from './field-host.ts';
import { slot } from './form-values.ts';
import type { FormValues } from './form-values.ts';

/** What was read out of the certificates in a field, and what is wrong with them, by the check of the server. */
export function CertificateLines({ field }: { field: string }) {
  const { certificates } = useFieldHost();
  const facts = certificates?.certificates[field] ?? [];
  const findings = certificates?.findings.filter((each) => each.field === field) ?? [];
  if (facts.length + findings.length === 0) return null;
  return (
    <Box sx={{ display: 'grid', gap: 1 }} role="status">
      {findings.map((finding) => (
        <FindingLine key={finding.message} finding={finding} />
      ))}
      {facts.map((each) => (
        <FactLine key={each.fingerprint} facts={each} />
      ))}
    </Box>
  );
}

function FindingLine({ finding }: { finding: CertificateFinding }) {
  const { setValue } = useFormContext<FormValues>();
  const { readOnly } = useFieldHost();
  return (
    <Box sx={{ color: finding.state === 'failed' ? 'error.main' : 'warning.main', display: 'flex', gap: 1 }}>
      <WarningIcon aria-hidden sx={{ fontSize: 15, mt: '1px' }} />
      <Box sx={{ minWidth: 0 }}>
        {finding.message} {finding.next}
        {readOnly
          ? null
          : finding.names?.slice(0, 4).map((name) => (
              <Button
                key={name}
                size="small"
                variant="outlined"
                color="inherit"
                sx={{ ml: 1, my: 0.5 }}
                onClick={() => setValue(`fields.${slot('tls.serverName')}`, name, { shouldDirty: true })}
              >
                Use {name}
              </Button>
            ))}
      </Box>
    </Box>
  );
}

function FactLine({ facts }: { facts: CertificateFacts }) {
  const own = facts.subject === facts.issuer;
  const days = facts.daysLeft < 0 ? `ended ${-facts.daysLeft} days ago` : `${facts.daysLeft} days left`;
  return (
    <Box sx={{ color: 'text.primary', bgcolor: 'surface.sunken', borderRadius: '6px', px: 2, py: 1 }}>
      <Box sx={{ fontWeight: 560 }}>{facts.subject}</Box>
      <Box sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
        {own ? 'signed by itself' : `issued by ${facts.issuer}`}
        {facts.names.length > 0 ? ` · for ${facts.names.join(', ')}` : ''} · {days}
      </Box>
    </Box>
  );
}
