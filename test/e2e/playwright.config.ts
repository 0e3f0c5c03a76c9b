import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where it is on PATH; elsewhere the one Playwright brings. */
function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return (
    process.env.CHROMIUM_PATH ??
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  );
}

const executablePath = chromiumPath();

export default defineConfig({
  testDir: '.',
  outputDir: '../../.cache/e2e',
  // one portal and one browser at a time: the machines that run this are small
  workers: 1,
  // a walk through the whole main job; what hangs is cut by the limits of single actions
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium's own sandbox does not start as root
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
