// What the tests need beside Node: MariaDB and a browser. Plain JavaScript.
import { existsSync } from 'node:fs';
import { onPath, quietStep, tool } from './steps.mjs';

/** Finds or installs a MariaDB server; where it can do neither, the tests that need it say what to install. */
export async function provideMariadb() {
  if (process.env.MYSQL_URL || onPath('mariadbd', 'mysqld')) return;
  if (isRootOnDebian()) await installDebian('mariadb-server');
}

/** Finds or installs a browser. @returns its path; undefined: the one Playwright brings, if any */
export async function provideChromium() {
  const { chromium } = await import('@playwright/test');
  const found = () => onPath('chromium', 'chromium-browser', 'google-chrome');
  if (found() || existsSync(chromium.executablePath())) return found();
  if (isRootOnDebian()) await installDebian('chromium');
  else {
    await attempt(() =>
      quietStep('Installing Chromium for Playwright', {
        name: 'chromium',
        command: tool('playwright'),
        args: ['install', 'chromium'],
      }),
    );
  }
  return found();
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && Boolean(onPath('apt-get'));
}

async function installDebian(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (title, args) => quietStep(title, { name: `apt-${name}`, command: 'apt-get', args, env });
  await attempt(async () => {
    await apt('Reading the package lists of Debian', ['update']);
    await apt(`Installing the Debian package ${name}`, ['install', '-y', '--no-install-recommends', name]);
  });
}

/** A package that can not be had is told, and the tests that need it go red; it stops nothing else. */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
  }
}
