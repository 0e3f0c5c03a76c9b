'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import { PLACE_NAME } from '#lib/apps/place-name.ts';
import type { AppRow } from '#lib/http/api.ts';

export function NewAppDialog({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const router = useRouter();
  const name = typed ?? proposed(title);
  const wrong = name !== '' && !PLACE_NAME.test(name);
  return (
    <FormDialog
      title="New app"
      submit="Make the app"
      disabled={!PLACE_NAME.test(name)}
      onClose={onClose}
      onSubmit={async () => {
        await request<AppRow>('/apps', { body: { name, ...(title.trim() ? { title: title.trim() } : {}) } });
        router.push(`/apps/${name}`);
      }}
    >
      <LabeledInput
        label="Title"
        autoFocus
        value={title}
        placeholder="Web shop"
        onChange={(event) => setTitle(event.target.value)}
      />
      <LabeledInput
        label="Name"
        mono
        value={name}
        placeholder="web-shop"
        onChange={(event) => setTyped(event.target.value)}
        help="Stands in addresses and in the source: small letters, digits and dashes, a letter first."
        error={wrong ? 'Small letters, digits and dashes are expected, a letter first, at most 63.' : undefined}
      />
    </FormDialog>
  );
}

function proposed(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 63);
}
