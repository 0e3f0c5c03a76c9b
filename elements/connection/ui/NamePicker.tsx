'use client';
import OpenIcon from '@mui/icons-material/UnfoldMore';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useRef, useState } from 'react';

/** A database or schema that the server has; `system`: the engine's own. */
export type NameChoice = { name: string; system: boolean };

type Props = {
  label: string;
  value: string;
  load: () => Promise<NameChoice[]>;
  onChoose: (name: string) => void;
};

/** Chooses a name that is there on the server; the engine's own stand apart. Typing another stays possible. */
export function NamePicker({ label, value, load, onChoose }: Props) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState<NameChoice[] | string | null>(null);
  const [busy, setBusy] = useState(false);
  const show = async () => {
    setBusy(true);
    try {
      const names = await load();
      setShown(names.length > 0 ? names : 'There is none to choose. Check that the database named here exists.');
    } catch (error) {
      setShown(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const item = ({ name }: NameChoice) => (
    <MenuItem
      key={name}
      selected={name === value}
      sx={{ fontFamily: 'var(--mono)' }}
      onClick={() => {
        setShown(null);
        onChoose(name);
      }}
    >
      {name}
    </MenuItem>
  );
  const names = Array.isArray(shown) ? shown : [];
  const own = names.filter(({ system }) => system);
  return (
    <>
      <Tooltip title="Choose from the server">
        <IconButton
          ref={anchor}
          size="small"
          edge="end"
          aria-label={`Choose ${label} from the server`}
          aria-haspopup="menu"
          onClick={() => void show()}
          loading={busy}
          loadingIndicator={<CircularProgress size={14} />}
        >
          <OpenIcon sx={{ fontSize: 16 }} />
        </IconButton>
      </Tooltip>
      <Menu
        open={shown !== null}
        anchorEl={() => anchor.current}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={() => setShown(null)}
        slotProps={{ paper: { sx: { maxHeight: 360, maxWidth: 420 } }, list: { 'aria-label': label } }}
      >
        {typeof shown === 'string' ? (
          <MenuItem onClick={() => setShown(null)} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
            {shown}
          </MenuItem>
        ) : null}
        {names.filter(({ system }) => !system).map(item)}
        {own.length > 0 ? (
          <ListSubheader role="presentation" sx={{ lineHeight: '28px' }}>
            Of the server itself
          </ListSubheader>
        ) : null}
        {own.map(item)}
      </Menu>
    </>
  );
}
