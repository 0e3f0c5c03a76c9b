import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import PendingIcon from '@mui/icons-material/Pending';
import RemoveCircleIcon from '@mui/icons-material/RemoveCircleOutlined';
import WarningIcon from '@mui/icons-material/Warning';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

const LOOKS = {
  ok: { Icon: CheckCircleIcon, color: 'success.main' },
  warning: { Icon: WarningIcon, color: 'warning.main' },
  failed: { Icon: ErrorIcon, color: 'error.main' },
  running: { Icon: PendingIcon, color: 'primary.main' },
  off: { Icon: RemoveCircleIcon, color: 'text.secondary' },
} as const;

export type StatusKind = keyof typeof LOOKS;

/** A state as colour, icon and word. Without a word, `label` is what assistive technology hears. */
export function Status({
  kind,
  children,
  label,
  size = 16,
}: {
  kind: StatusKind;
  children?: ReactNode;
  label?: string;
  size?: number;
}) {
  const { Icon, color } = LOOKS[kind];
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, color, verticalAlign: 'bottom', minWidth: 0 }}
    >
      <Icon sx={{ fontSize: size }} {...(label ? { titleAccess: label } : { 'aria-hidden': true })} />
      {children}
    </Box>
  );
}
