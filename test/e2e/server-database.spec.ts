import { freePort } from '#test/support/free-port.ts';
import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

const PASSWORD = 'p%w"d {{ $env }}';

test('a database on a server: typed password, connection made with it and used again, a failed test leads to its field', async ({
  page,
  portal,
}) => {
  await setUpOwner(page, portal);
  const headers = { origin: portal.url };
  await page.request.post('/api/v1/apps', { data: { name: 'shop' }, headers });
  await page.goto('/apps/shop');
  const field = (name: string) => page.getByRole('tabpanel').getByLabel(name, { exact: true });
  const closed = await freePort();

  await test.step('fill in; a password proposes its key', async () => {
    await page.getByRole('button', { name: 'Add an element' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /PostgreSQL/ }).check({ force: true });
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await field('Database').fill('shop');
    await field('Host').fill('127.0.0.1');
    await field('Port').fill(String(closed));
    await field('User').fill('shop');
    await field('Password').fill(PASSWORD);
    await expect(page.getByLabel('Key of the variable for Password')).toHaveValue('MAIN_PASSWORD');
  });

  await test.step('test what is on the screen; the failure names the field and leads to it', async () => {
    await page.keyboard.press('Control+Enter');
    const report = page.getByRole('region', { name: 'Connection test' });
    await expect(report.getByText('Does not work yet')).toBeVisible();
    await expectAccessible(page);
    await report.getByRole('button', { name: 'Go to Port' }).click();
    await expect(field('Port')).toBeFocused();
  });

  await test.step('save makes the connection and the secret variable', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('region', { name: 'From connections.Main' })).toContainText('127.0.0.1');
    await expect(page.getByRole('region', { name: 'From connections.Main' })).toContainText('{{ MAIN_PASSWORD }}');
    await expect(page.getByRole('treeitem', { name: 'Main' })).toHaveCount(2);
    expect(await page.content()).not.toContain(PASSWORD);
  });

  await test.step('the next one uses it', async () => {
    await page.getByRole('button', { name: 'Add an element' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /PostgreSQL/ }).check({ force: true });
    await dialog.getByLabel('Name', { exact: true }).fill('Archive');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('radio', { name: 'An existing connection' }).check();
    await expect(field('Host')).toBeHidden();
    await field('Database').fill('archive');
    await page.keyboard.press('Control+s');
    await expect(page).toHaveURL(/databases\.Archive$/);
    const { body } = (await (await page.request.get('/api/v1/apps/shop/elements/databases.Archive')).json()) as {
      body: object;
    };
    expect(body).toEqual({ connection: 'connections.Main', database: 'archive' });
  });

  await test.step('its file can be edited as text, and says what is wrong with it', async () => {
    await page.getByRole('button', { name: 'Source' }).click();
    const source = page.getByRole('textbox', { name: /^Source of databases\/Archive/ });
    await expect(source).toContainText('"archive"');
    await source.fill('{"connection": "connections.Main", "database": "archive", "hots": 1}');
    await expect(page.getByText(/hots: unknown/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    await source.fill('{"connection": "connections.Main", "database": "old", "schema": "history"}');
    await page.getByRole('button', { name: 'Form' }).click();
    await expect(field('Schema')).toHaveValue('history');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('databases.Archive is saved.').last()).toBeVisible();
  });
});
