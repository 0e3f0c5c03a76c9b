// `npm test`: every check of the project, all of them run, one summary. Plain JavaScript, runs on Node 18.
// `npm test -- lint unit` runs the named steps; other words go on to Vitest and Playwright as file filters.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './build.mjs';
import { installPackages } from './install.mjs';
import { onCurrentNode } from './node.mjs';
import { prepareStore } from './prepare.mjs';
import { provideChromium, provideMariadb } from './servers.mjs';
import { root, runSteps, StepFailed, took, tool, visibly } from './steps.mjs';

const BROWSER_CONFIG = 'test/e2e/playwright.config.ts';
const reports = join('.cache', 'reports');

const steps = [
  { id: 'format', title: 'Format', run: () => check('prettier', ['--check', '--log-level', 'warn', '.']) },
  { id: 'lint', title: 'Lint', run: () => check('oxlint', ['--deny-warnings']) },
  { id: 'types', title: 'Types', run: () => check('tsc', ['--noEmit']) },
  { id: 'dead', title: 'Dead code', run: () => check('knip', ['--no-progress', '--no-config-hints']) },
  { id: 'build', title: 'Build', run: built },
  { id: 'unit', title: 'Units, engines, API', run: vitest },
  { id: 'browser', title: 'Browser', run: playwright },
];

await runSteps(async () => {
  await onCurrentNode();
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const words = process.argv.slice(2);
  const named = words.filter((word) => steps.some((step) => step.id === word));
  const filters = words.filter((word) => !named.includes(word));
  const chosen = steps.filter((step) => named.length === 0 || named.includes(step.id));

  await installPackages();
  await prepareStore();
  await provideServers(chosen.map((step) => step.id));
  const results = [];
  for (const step of chosen) {
    process.stdout.write(`\n── ${step.title} ──\n`);
    const started = Date.now();
    const counts = await step.run(filters);
    results.push({ ...step, ...counts, time: took(started) });
    process.stdout.write(`   ${verdict(counts)} in ${took(started)}\n`);
  }
  return summary(results);
});

async function provideServers(ids) {
  if (ids.includes('unit')) await provideMariadb();
  if (!ids.includes('browser') || !existsSync(join(root, BROWSER_CONFIG))) return;
  const chromium = await provideChromium();
  if (chromium) process.env.CHROMIUM_PATH ??= chromium;
}

async function check(name, args) {
  return (await visibly(tool(name), args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function built() {
  try {
    await buildPages();
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stdout.write(`${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

async function vitest(filters) {
  const report = join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return counted(report, 'vitest', ['run', ...reporters, ...filters], {}, (json) => ({
    passed: json.numPassedTests,
    // a file that does not load has no tests to count
    failed:
      json.numFailedTests +
      json.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length).length,
  }));
}

async function playwright(filters) {
  if (!existsSync(join(root, BROWSER_CONFIG))) {
    process.stdout.write(`no browser tests: ${BROWSER_CONFIG} is not there\n`);
    return { passed: 0, failed: 0 };
  }
  const report = join(reports, 'playwright.json');
  const args = ['test', '--config', BROWSER_CONFIG, '--reporter=list,json', ...filters];
  return counted(report, 'playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, report) }, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }));
}

async function counted(report, name, args, env, count) {
  rmSync(join(root, report), { force: true });
  const code = await visibly(tool(name), args, env);
  if (!existsSync(join(root, report))) return { passed: 0, failed: 1 };
  const { passed, failed } = count(JSON.parse(readFileSync(join(root, report), 'utf8')));
  // a run that fails outside its tests, such as an unhandled rejection, fails too
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function verdict({ passed, failed }) {
  if (failed) return 'FAILED';
  return passed ? 'passed' : 'skipped';
}

function summary(results) {
  const passed = results.reduce((sum, each) => sum + each.passed, 0);
  const failed = results.reduce((sum, each) => sum + each.failed, 0);
  process.stdout.write('\n');
  for (const each of results) {
    process.stdout.write(`${verdict(each)}  ${each.title}  (${each.time})\n`);
  }
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed ? 1 : 0;
}
