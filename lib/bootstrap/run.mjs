// `node lib/bootstrap/run.mjs FILE [ARGUMENT…]`: runs a TypeScript program of the project, everything it needs made first.
import { buildPages } from './build.mjs';
import { installPackages } from './install.mjs';
import { onCurrentNode } from './node.mjs';
import { prepareStore } from './prepare.mjs';
import { runSteps, visibly } from './steps.mjs';

await runSteps(async () => {
  await onCurrentNode();
  await installPackages();
  await prepareStore();
  await buildPages();
  return visibly(process.execPath, process.argv.slice(2), { NEXT_TELEMETRY_DISABLED: '1' });
});
