import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

test('models are made from the tables of a database', async ({ page, portal }) => {
  await setUpOwner(page, portal);
  await page.request.post('/api/v1/apps/harbour/elements', {
    data: { fullName: 'databases.Legacy', type: 'databases.SqliteType', body: { file: 'harbour.db' } },
    headers: { origin: portal.url },
  });
  await page.goto('/apps/harbour');

  await test.step('from the menu of the database', async () => {
    await page.getByRole('treeitem', { name: /Legacy/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Models from its tables' }).click();
    await expect(page.getByRole('combobox', { name: 'Database' })).toHaveValue('databases.Legacy');
    await expect(page.getByRole('list', { name: 'Tables', exact: true }).getByRole('checkbox')).toHaveCount(5);
    await expectAccessible(page);
  });

  await test.step('find, choose, make', async () => {
    await page.getByRole('searchbox', { name: 'Find tables' }).fill('berth');
    await expect(page.getByText(/chosen, 2 shown/)).toBeVisible();
    await page.getByRole('searchbox', { name: 'Find tables' }).fill('');
    await page.getByRole('checkbox', { name: 'All tables shown' }).check();
    await page.getByRole('button', { name: 'Make 5 models' }).click();
    await expect(page.getByText('5 models are made.')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'port_call' })).toBeDisabled();
  });

  await test.step('one of them', async () => {
    await page.getByRole('button', { name: /^models\..*port_call$/ }).click();
    await expect(page.getByRole('checkbox', { name: 'Managed by deploys' })).not.toBeChecked();
    await expect(page.getByRole('button', { name: /^Target of ship: ship/ })).toBeVisible();
    await expectAccessible(page);
  });
});
