import Button from '@mui/material/Button';
import type { Metadata } from 'next';
import { Empty } from './_components/Empty.tsx';

export const metadata: Metadata = { title: 'Not found' };

/** Says nothing about whether one is signed in, or what there is. */
export default function NotFound() {
  return (
    <main>
      <Empty title="There is no such page" action={<Button href="/">Show all apps</Button>}>
        The address may be mistyped, or what it named was renamed or deleted.
      </Empty>
    </main>
  );
}
