import { expect, expectAccessible, expectApps, OWNER, setUpOwner, test } from './portal-test.ts';

test('from the first start to a tested database whose file is a variable', async ({ page, portal }) => {
  await test.step('set up, sign out, sign in', async () => {
    await setUpOwner(page, portal);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password').fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'wrong' })).toBeVisible();
    await page.getByLabel('Password').fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expectApps(page);
  });

  await test.step('make an app', async () => {
    await page.getByRole('button', { name: 'New app' }).click();
    await page.getByLabel('Title').fill('Web shop');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('web-shop');
    await page.getByRole('button', { name: 'Make the app' }).click();
    await expect(page.getByRole('heading', { name: 'Web shop' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('add a database', async () => {
    await page.getByRole('button', { name: 'Add an element' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /SQLite/ }).check({ force: true });
    await expect(dialog.getByLabel('Name')).toHaveValue('Main');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('File', { exact: true }).fill('shop.db');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('treeitem', { name: /Main/ })).toBeVisible();
    await expect(page).toHaveURL(/\/apps\/web-shop\/databases\.Main$/);
  });

  await test.step('let its file be a variable', async () => {
    const toggle = page.getByRole('button', { name: 'Use a variable for File' });
    await expect(toggle).toHaveAttribute('aria-pressed', 'false');
    await toggle.click();
    const panel = page.getByRole('complementary', { name: 'Side panel' });
    await expect(panel.getByLabel('Key')).toHaveValue('MAIN_FILE');
    await expect(panel.getByLabel('Value in current application')).toHaveValue('shop.db');
    await panel.getByLabel('Description').fill('File of the shop');
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Use this variable' }).click();
    await expect(toggle).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('button', { name: 'File: variable MAIN_FILE' })).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByText('databases.Main is saved.').last()).toBeVisible();
    await expect(page.getByRole('list', { name: 'Value in each environment' })).toContainText('development: shop.db');
  });

  await test.step('test it', async () => {
    await page.getByRole('button', { name: 'Test connection' }).click();
    const report = page.getByRole('region', { name: 'Connection test' });
    await expect(report.getByText('Works, with a warning')).toBeVisible();
    await expect(report.getByRole('list', { name: 'Stages' }).getByRole('listitem')).toHaveCount(12);
    await expectAccessible(page);
  });

  await test.step('see and change the value in the grid', async () => {
    await page.getByRole('link', { name: 'Variables' }).click();
    const cell = page.getByRole('button', { name: /^MAIN_FILE in development/ });
    await expect(cell).toContainText('shop.db');
    await cell.click();
    const input = page.getByRole('textbox', { name: 'MAIN_FILE in development' });
    await input.fill('store.db');
    await input.press('Enter');
    await expect(page.getByRole('button', { name: /^MAIN_FILE in development: store\.db/ })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('back to a fixed value: the variable stays, unused', async () => {
    await page.getByRole('tab', { name: /Main/ }).click();
    await page.getByRole('button', { name: 'Use a variable for File' }).click();
    await expect(page.getByLabel('File', { exact: true })).toBeEditable();
    await page.getByLabel('File', { exact: true }).fill('fixed.db');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'Variables' }).click();
    await page.getByRole('button', { name: /^unused/ }).click();
    await expect(page).toHaveURL(/filter=unused/);
    await expect(page.getByRole('rowheader', { name: 'MAIN_FILE' })).toBeVisible();
  });
});
