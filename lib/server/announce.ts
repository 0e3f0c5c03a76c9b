import type { Portal } from './start-server.ts';

/** What a start says on the console. The owner token is printed here and nowhere else. */
export function announce({ url, ownerToken, masterKey }: Portal): string {
  const lines = [`Mooring is running at ${url}`];
  if (masterKey.state === 'sealed') {
    lines.push(
      `The portal is sealed: ${masterKey.why}.`,
      `It shows structure, and uses no value until the right key is back (${masterKey.place}) and the portal is started again.`,
    );
  } else {
    lines.push(
      masterKey.made
        ? `A master key was made: ${masterKey.place}. Back it up: without it no stored value can be read.`
        : `Master key: ${masterKey.place}`,
    );
  }
  if (ownerToken !== null) lines.push(`First start: owner token ${ownerToken}`, `Make the first owner at ${url}/setup`);
  return `${lines.join('\n')}\n`;
}
