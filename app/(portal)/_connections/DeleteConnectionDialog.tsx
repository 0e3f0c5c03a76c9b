'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { ConfirmByTyping } from '#app/_components/ConfirmByTyping.tsx';
import { FormDialog } from '#app/_components/FormDialog.tsx';

type Props = {
  fullName: string;
  /** full names of the databases on it */
  users: string[];
  hrefOf: (fullName: string) => string;
  onOpen: (fullName: string) => void;
  onClose: () => void;
  onConfirm: () => Promise<void>;
};

/** Deletes a connection whose name is typed, or says by what it is used, with the way there. */
export function DeleteConnectionDialog({ fullName, users, hrefOf, onOpen, onClose, onConfirm }: Props) {
  const name = fullName.split('.').at(-1) ?? fullName;
  if (users.length > 0) {
    return (
      <FormDialog
        title={`Delete ${fullName}`}
        submit="Delete"
        color="error"
        disabled
        onClose={onClose}
        onSubmit={onConfirm}
      >
        <Alert severity="warning">
          It is in use. Move these to another connection, or delete them first:
          <Box component="ul" sx={{ my: 1, pl: 5 }}>
            {users.map((user) => (
              <li key={user}>
                <Link
                  href={hrefOf(user)}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    onClose();
                    onOpen(user);
                  }}
                >
                  {user}
                </Link>
              </li>
            ))}
          </Box>
        </Alert>
      </FormDialog>
    );
  }
  return (
    <ConfirmByTyping title={`Delete ${fullName}`} name={name} submit="Delete" onClose={onClose} onConfirm={onConfirm}>
      It leaves the source of the app; its variables and their values stay. A deployed release keeps it until the next
      deploy; nothing on the server is touched.
    </ConfirmByTyping>
  );
}
