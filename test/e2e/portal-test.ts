import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startPortal } from '#test/support/portal.ts';
import type { TestPortal } from '#test/support/portal.ts';

export { expect };

export const OWNER = { email: 'ada@example.org', password: 'four wide harbour ropes' };

/** A built portal of its own for each test, without an owner; whatever its pages say in the console as an error fails the test. */
export const test = base.extend<{ quiet: void; portal: TestPortal }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures asked for from the pattern
  portal: async ({}, use) => {
    const portal = await startPortal({ pages: true, setup: false });
    await use(portal);
    await portal.stop();
  },
  baseURL: async ({ portal }, use) => use(portal.url),
  quiet: [
    async ({ page }, use) => {
      const said: string[] = [];
      page.on('pageerror', (error) => said.push(error.message));
      page.on('console', (message) => {
        // an answer that is no success is told by the browser too; the test looks at what the page makes of it
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          said.push(message.text());
      });
      await use();
      expect(said, 'errors in the browser').toEqual([]);
    },
    { auto: true },
  ],
});

/** Makes the first owner with the token that the portal printed; leaves the browser at the list of apps. */
export async function setUpOwner(page: Page, portal: TestPortal): Promise<void> {
  const token = /owner token (\S+)/.exec(portal.output())?.[1] ?? '';
  await page.goto('/');
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('Owner token').fill(token);
  await page.getByLabel('E-mail').fill(OWNER.email);
  await page.getByLabel('Password').fill(OWNER.password);
  await page.getByRole('button', { name: 'Make the owner' }).click();
  await expectApps(page);
}

/** The list of apps is there and alive: *New app* comes with the answer of the management API, after the page's own script. */
export async function expectApps(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Apps', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New app' })).toBeVisible();
}

/** Nothing on the page hinders assistive technology, as far as axe can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  // a tooltip floats beside the page's landmarks
  const { violations } = await new AxeBuilder({ page }).exclude('[role="tooltip"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}
