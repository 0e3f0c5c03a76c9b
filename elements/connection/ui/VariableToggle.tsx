'use client';
import VariableIcon from '@mui/icons-material/DataObject';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';

type Props = { label: string; pressed: boolean; disabled: boolean; title?: string; onPress: () => void };

/** The toggle at a field's right end: literal or environment variable. */
export function VariableToggle({ label, pressed, disabled, title, onPress }: Props) {
  return (
    <Tooltip title={title ?? (pressed ? 'Back to a fixed value; the variable stays' : 'Use a variable')}>
      <span>
        <IconButton
          aria-label={`Use a variable for ${label}`}
          aria-pressed={pressed}
          disabled={disabled}
          onClick={onPress}
          sx={{
            width: 32,
            height: 32,
            border: 1,
            borderColor: pressed ? 'primary.main' : 'divider',
            color: pressed ? 'primary.contrastText' : 'text.secondary',
            bgcolor: pressed ? 'primary.main' : 'transparent',
            '&:hover': { bgcolor: pressed ? 'primary.dark' : 'surface.hover' },
          }}
        >
          <VariableIcon sx={{ fontSize: 17 }} />
        </IconButton>
      </span>
    </Tooltip>
  );
}
