#!/usr/bin/env node
// Starts the command line on any Node from 18: goes on under a newer one where it must, then loads the TypeScript.
import { onCurrentNode } from '../bootstrap/node.mjs';

await onCurrentNode();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
