import { startPostgres } from '#test/support/postgres-server.ts';
import type { PostgresServer } from '#test/support/postgres-server.ts';
import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

let server: PostgresServer;
test.beforeAll(async () => {
  server = await startPostgres();
  await server.execute('create database harbour');
  await server.execute('create schema tides', 'harbour');
});
test.afterAll(() => server.stop());

test('a database of a running server: its names are chosen, a missing one is made, the tree tests it', async ({
  page,
  portal,
}) => {
  await setUpOwner(page, portal);
  await page.request.post('/api/v1/apps', { data: { name: 'shop' }, headers: { origin: portal.url } });
  await page.goto('/apps/shop');
  const field = (name: string) => page.getByRole('tabpanel').getByLabel(name, { exact: true });
  const report = page.getByRole('region', { name: 'Connection test' });

  await test.step('a wrong password is said where the names would be', async () => {
    await page.getByRole('button', { name: 'Add an element' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /PostgreSQL/ }).check({ force: true });
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await field('Host').fill(server.host);
    await field('Port').fill(String(server.port));
    await field('User').fill(server.user);
    await field('Password').fill('another one');
    await page.getByRole('button', { name: 'Choose Database from the server' }).click();
    await expect(page.getByRole('menu', { name: 'Database' })).toContainText('wrong user or password');
    await page.keyboard.press('Escape');
  });

  await test.step('choose database and schema', async () => {
    await field('Password').fill(server.password);
    await page.getByRole('button', { name: 'Choose Database from the server' }).click();
    const names = page.getByRole('menu', { name: 'Database' }).getByRole('menuitem');
    // the server's own stand last
    await expect(names).toHaveText(['harbour', 'postgres', 'template1']);
    await names.first().click();
    await expect(field('Database')).toHaveValue('harbour');
    await page.getByRole('button', { name: 'Choose Schema from the server' }).click();
    await page.getByRole('menuitem', { name: 'tides' }).click();
    await expect(field('Schema')).toHaveValue('tides');
    await expect(page.getByRole('menu')).toBeHidden();
    await expectAccessible(page);
  });

  await test.step('what is missing is made', async () => {
    await field('Database').fill('quay');
    await field('Schema').fill('');
    await page.keyboard.press('Control+Enter');
    await report.getByRole('button', { name: 'Create the database' }).click();
    await expect(report.getByRole('status')).toContainText(/Ready to use|Works, with a warning/);
    expect(await server.execute("select 1 from pg_database where datname = 'quay'")).toHaveLength(1);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('databases.Main is saved.').last()).toBeVisible();
  });

  await test.step('test it from the tree; a reload does not test again', async () => {
    await page.getByRole('button', { name: 'Close the test' }).click();
    await page.getByRole('treeitem', { name: 'Main' }).last().click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Test/ }).click();
    await expect(report.getByRole('status')).toContainText(/Ready to use|Works, with a warning/);
    await expect(page).toHaveURL(/databases\.Main$/);
    await page.reload();
    await expect(field('Database')).toHaveValue('quay');
    await expect(report).toBeHidden();
  });
});
