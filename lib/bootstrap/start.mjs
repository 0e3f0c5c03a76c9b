// `npm start`, and `npm run dev` with --dev: from a fresh clone to a running portal. Plain JavaScript, runs on Node 18.
import { buildPages } from './build.mjs';
import { installPackages } from './install.mjs';
import { onCurrentNode } from './node.mjs';
import { prepareStore } from './prepare.mjs';
import { runSteps, visibly } from './steps.mjs';

await runSteps(async () => {
  await onCurrentNode();
  const dev = process.argv.includes('--dev');
  await installPackages();
  await prepareStore();
  if (!dev) await buildPages();
  return visibly(process.execPath, ['lib/server/main.ts', ...process.argv.slice(2)], {
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
});
