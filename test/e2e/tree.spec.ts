import { expect, setUpOwner, test } from './portal-test.ts';

const FILE = { type: 'databases.SqliteType', body: { file: 'shop.db' } };

test('elements are found, renamed, duplicated, moved, guarded and deleted in the tree', async ({ page, portal }) => {
  await setUpOwner(page, portal);
  const ask = (path: string, data: object) =>
    page.request.post(`/api/v1${path}`, { data, headers: { origin: portal.url } });
  expect((await ask('/apps', { name: 'trees' })).ok()).toBe(true);
  for (const name of ['Main', 'reporting.Archive']) {
    expect((await ask('/apps/trees/elements', { fullName: `databases.${name}`, ...FILE })).ok()).toBe(true);
  }
  await page.goto('/apps/trees');
  const row = (name: string | RegExp) => page.getByRole('treeitem', { name });

  await test.step('filter', async () => {
    await page.getByRole('searchbox', { name: 'Filter the tree' }).fill('arch');
    await expect(row('Archive')).toBeVisible();
    await expect(row('Main')).toBeHidden();
    await page.getByRole('searchbox', { name: 'Filter the tree' }).fill('');
  });

  await test.step('rename by F2; the open tab follows', async () => {
    await row('Main').click();
    await expect(page.getByLabel('File', { exact: true })).toHaveValue('shop.db');
    await page.getByLabel('File', { exact: true }).fill('kept.db');
    await row('Main').click();
    await page.keyboard.press('F2');
    const input = page.getByRole('textbox', { name: 'New name of Main' });
    await input.fill('Shop');
    await input.press('Enter');
    await expect(row('Shop')).toBeVisible();
    await expect(page).toHaveURL(/databases\.Shop$/);
    await expect(page.getByLabel('File', { exact: true })).toHaveValue('kept.db');
  });

  await test.step('a tab with unsaved changes asks before it closes', async () => {
    await page.getByRole('tab', { name: /Shop \(unsaved\)/ }).focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog', { name: 'Save the changes to Shop?' });
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expect(page.getByLabel('File', { exact: true })).toHaveValue('kept.db');
    await page.getByRole('tab', { name: /Shop \(unsaved\)/ }).focus();
    await page.keyboard.press('Delete');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('tab', { name: /Shop/ })).toBeHidden();
  });

  await test.step('duplicate by Ctrl D into a new folder', async () => {
    await row('Shop').click();
    await expect(page.getByLabel('File', { exact: true })).toHaveValue('kept.db');
    await row('Shop').click();
    await page.keyboard.press('Control+d');
    const dialog = page.getByRole('dialog', { name: 'Duplicate Shop' });
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Shop2');
    await dialog.getByLabel('Folder').fill('databases.copies');
    await dialog.getByRole('button', { name: 'Duplicate' }).click();
    await expect(row('copies')).toBeVisible();
    await expect(page).toHaveURL(/databases\.copies\.Shop2$/);
  });

  await test.step('someone else saves in between: both are shown, one is kept', async () => {
    await page.getByRole('tab', { name: /^Shop$/ }).click();
    const file = page.getByRole('tabpanel', { name: 'Shop', exact: true }).getByLabel('File', { exact: true });
    const saved = await page.request.get('/api/v1/apps/trees/elements/databases.Shop');
    const { revision } = (await saved.json()) as { revision: number };
    const theirs = { revision, body: { file: 'theirs.db' } };
    await page.request.put('/api/v1/apps/trees/elements/databases.Shop', {
      data: theirs,
      headers: { origin: portal.url },
    });
    await file.fill('mine.db');
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'databases.Shop was saved by someone else' });
    await expect(dialog.getByRole('row', { name: 'file theirs.db mine.db' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await expect(page.getByText('databases.Shop is saved.').last()).toBeVisible();
    await expect(file).toHaveValue('mine.db');
  });

  await test.step('delete by the Delete key', async () => {
    await row('Shop2').click();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row('Shop2')).toBeHidden();
    await expect(page.getByRole('tab', { name: 'Shop2' })).toBeHidden();
  });

  await test.step('drag into a folder of the family, and take it back', async () => {
    await row('Shop').dragTo(row('reporting'));
    await expect(page.getByText('Shop is in databases.reporting now.')).toBeVisible();
    await expect(row('Shop')).toHaveAttribute('aria-level', '3');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Shop is back in databases.')).toBeVisible();
    await expect(row('Shop')).toHaveAttribute('aria-level', '2');
    await row('Shop').dragTo(row('Models'));
    await expect(row('Shop')).toHaveAttribute('aria-level', '2');
    const { elements } = (await (await page.request.get('/api/v1/apps/trees')).json()) as {
      elements: { fullName: string }[];
    };
    expect(elements.map(({ fullName }) => fullName)).toEqual(['databases.Shop', 'databases.reporting.Archive']);
  });

  await test.step('the palette goes anywhere', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run an action' }).fill('archive');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/databases\.reporting\.Archive$/);
  });
});
