#!/usr/bin/env node
// Starts the command line on any Node from 18: goes on under a newer one where it must, then loads the TypeScript.
import { existsSync } from 'node:fs';
import { installPackages } from '../bootstrap/install.mjs';
import { onCurrentNode } from '../bootstrap/node.mjs';
import { runSteps } from '../bootstrap/steps.mjs';

await runSteps(async () => {
  await onCurrentNode();
  // `npx mooring` in a fresh clone
  if (!existsSync(new URL('../../node_modules/commander', import.meta.url))) await installPackages(process.stderr);
  const { main } = await import('./main.ts');
  return main(process.argv.slice(2));
});
