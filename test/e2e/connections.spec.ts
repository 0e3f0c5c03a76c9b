import { freePort } from '#test/support/free-port.ts';
import { startPostgres } from '#test/support/postgres-server.ts';
import type { PostgresServer } from '#test/support/postgres-server.ts';
import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

const DATABASES = ['Orders', 'Stock', 'Ledger', 'Tides', 'Crew'];
const MANY = 200;

let server: PostgresServer;
test.beforeAll(async () => {
  server = await startPostgres();
  for (const name of DATABASES) await server.execute(`create database ${name.toLowerCase()}`);
});
test.afterAll(() => server.stop());

test('a shared connection with five databases is changed, cloned, kept while in use, and seen among 200', async ({
  page,
  portal,
}) => {
  await setUpOwner(page, portal);
  const headers = { origin: portal.url };
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v1${path}`, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  await post('/apps', { name: 'quay' });
  const field = (name: string) => page.getByRole('tabpanel').getByLabel(name, { exact: true });
  const row = (name: RegExp) =>
    page.getByRole('list', { name: 'Connections' }).getByRole('listitem').filter({ hasText: name });

  await test.step('the empty page offers the first step; the name follows the host', async () => {
    await page.goto('/apps/quay');
    await page.getByRole('link', { name: 'Connections' }).click();
    await expect(page.getByRole('heading', { name: 'No connections yet' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add a connection' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /PostgreSQL/ }).check({ force: true });
    await dialog.getByLabel('Host', { exact: true }).fill('db.dev.example.com');
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('PrimaryDbDev');
    await dialog.getByLabel('Host', { exact: true }).fill(server.host);
    await dialog.getByLabel('Name', { exact: true }).fill('Primary');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(field('Host')).toHaveValue(server.host);
    await field('Port').fill(String(server.port));
    await field('User').fill(server.user);
    await field('Password').fill(server.password);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('connections.Primary is saved.').last()).toBeVisible();
  });

  await test.step('a database is added on it from its card', async () => {
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Actions for connections.Primary' }).click();
    await page.getByRole('menuitem', { name: 'Add a database on it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a database on Primary' });
    await dialog.getByLabel('Name', { exact: true }).fill('Orders');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('radio', { name: 'An existing connection' })).toBeChecked();
    await field('Database').fill('orders');
    await page.keyboard.press('Control+s');
    await expect(page).toHaveURL(/databases\.Orders/);
    await expect(page.getByText('databases.Orders is saved.').last()).toBeVisible();
    for (const name of DATABASES.slice(1)) {
      await post('/apps/quay/elements', {
        fullName: `databases.${name}`,
        type: 'databases.PgSqlType',
        body: { connection: 'connections.Primary', database: name.toLowerCase() },
      });
    }
  });

  await test.step('its card shows where it leads, without the password, and tests it in place', async () => {
    await page.goto('/apps/quay/connections');
    await page.getByRole('button', { name: 'Test connections.Primary' }).click();
    await expect(row(/Primary/).getByText('just now', { exact: true })).toBeVisible();
    await expect(row(/Primary/)).toContainText(`postgresql://${server.user}:••••@${server.host}:${server.port}`);
    await expect(row(/Primary/)).toContainText('and 3 more');
    expect(await page.content()).not.toContain(server.password);
    await expectAccessible(page);
  });

  await test.step('a change shows what it reaches, and what would break; saved all the same', async () => {
    await page.getByRole('link', { name: 'Primary', exact: true }).click();
    const reach = page.getByRole('region', { name: 'Reach of this connection' });
    await expect(reach).toContainText('A change reaches 5 databases, not deployed anywhere.');
    await reach.getByRole('button', { name: 'Show what it reaches' }).click();
    await expect(reach.getByRole('button', { name: 'databases.Ledger' })).toBeVisible();
    await field('Port').fill(String(await freePort()));
    await reach.getByRole('button', { name: 'Test all with these settings' }).click();
    // the password was not meant for that port
    await expect(reach.getByText('0 of 5 work, 5 not tried')).toBeVisible();
    await reach.getByRole('button', { name: 'Let the secrets go there, and test again' }).click();
    await expect(reach.getByText('0 of 5 work, 5 would break')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Save what is known to break?' });
    await expect(dialog.getByRole('listitem')).toHaveCount(5);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await field('Port').fill(String(server.port));
    await field('Application name').evaluate((input) => input.closest('details')?.setAttribute('open', ''));
    await field('Application name').fill('quay');
    await reach.getByRole('button', { name: 'Test all with these settings' }).click();
    await expect(reach.getByText('5 of 5 work')).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByText('connections.Primary is saved.').last()).toBeVisible();
  });

  await test.step('in use, it is not deleted, and leads to its users', async () => {
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Actions for connections.Primary' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete connections.Primary' });
    await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
    await expect(dialog.getByRole('link')).toHaveCount(5);
    await expectAccessible(page);
    await dialog.getByRole('link', { name: 'databases.Tides' }).click();
    await expect(page).toHaveURL(/databases\.Tides/);
  });

  await test.step('a clone opens; a database moves to it after a test', async () => {
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('button', { name: 'Actions for connections.Primary' }).click();
    await page.getByRole('menuitem', { name: 'Clone' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clone' }).click();
    await expect(page).toHaveURL(/connections\.Primary2$/);
    await expect(page.getByRole('tabpanel').getByText('No database uses it yet.')).toBeVisible();
    await page.getByRole('tab', { name: /Tides/ }).click();
    await page.getByRole('tabpanel').getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: 'connections.Primary2' }).click();
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Test it first?' });
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByRole('region', { name: 'Connection test' }).getByText(/^(Ready|Works)/)).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByText('databases.Tides is saved.').last()).toBeVisible();
  });

  await test.step('200 of them: cards and table, found, filtered, sorted, kept in the address', async () => {
    const elements = Array.from({ length: MANY }, (_, n) => ({
      fullName: `connections.fleet.Ship${n}`,
      type: n % 2 ? 'connections.MySQLType' : 'connections.PgSqlType',
      body: { host: `ship-${n}.example.com`, user: 'captain', password: { $env: 'PRIMARY_PASSWORD' } },
    }));
    await post('/apps/quay/elements/many', { elements });
    await page.goto('/apps/quay/connections');
    await expect(page.getByRole('status').filter({ hasText: /^202$/ })).toBeVisible();
    // out of sight, out of the page
    expect(await page.getByRole('list', { name: 'Connections' }).getByRole('listitem').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Table' }).click();
    await expect(page).toHaveURL(/view=table/);
    const table = page.getByRole('table', { name: 'Connections' });
    await expect(table).toHaveAttribute('aria-rowcount', '203');
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Databases' }).click();
    await page.getByRole('button', { name: 'Databases' }).click();
    await expect(table.getByRole('columnheader', { name: 'Databases' })).toHaveAttribute('aria-sort', 'descending');
    await expect(table.getByRole('rowheader').first()).toContainText('connections.Primary');
    await page.getByRole('searchbox', { name: 'Find connections' }).fill('ship-19');
    await expect(page.getByText('11 of 202')).toBeVisible();
    await page.getByRole('button', { name: /^MySQL/ }).click();
    await expect(page.getByText('6 of 202')).toBeVisible();
    await page.getByRole('button', { name: /^unused/ }).click();
    await expect(page).toHaveURL(/find=ship-19&type=connections.MySQLType&unused=1/);
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByText('6 of 202')).toBeVisible();
  });

  await test.step('one that is not used is deleted by its name', async () => {
    await page.getByRole('button', { name: 'Actions for connections.fleet.Ship191' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete connections.fleet.Ship191' });
    await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
    await dialog.getByLabel(/to confirm/).fill('Ship191');
    await page.keyboard.press('Enter');
    await expect(page.getByText('5 of 201')).toBeVisible();
  });

  await test.step('over all apps, on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/connections?find=Primary');
    await expect(page.getByText('2 of 201')).toBeVisible();
    await expect(row(/connections\.Primary2/)).toContainText('quay');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Actions for connections.Primary2' }).click();
    await page.getByRole('menuitem', { name: 'Add a database on it' }).click();
    await expect(page.getByRole('dialog', { name: 'Add a database on Primary2' })).toBeVisible();
    await expect(page).toHaveURL(/\/apps\/quay\/connections$/);
  });
});
