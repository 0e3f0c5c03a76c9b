import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

test('a model with a reference is designed, deployed, and takes a row', async ({ page, portal }) => {
  await setUpOwner(page, portal);
  await page.goto('/apps/harbour');
  const fields = page.getByRole('table', { name: 'Fields' });
  const set = (name: string, text: string) => page.getByRole('textbox', { name, exact: true }).fill(text);
  const choose = (name: string, value: string) => page.getByRole('combobox', { name, exact: true }).selectOption(value);
  const addField = async (name: string, type: string) => {
    await page.getByRole('button', { name: 'Add a field' }).click();
    await set('Name of the new field', name);
    await choose(`Type of ${name}`, type);
  };

  await test.step('add a model', async () => {
    await page.getByRole('button', { name: 'Add an element' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Model', exact: true }).click();
    await dialog.getByLabel('Name').fill('Inspection');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('combobox', { name: 'Database', exact: true })).toHaveValue('databases.Harbour');
    await expect(page.getByRole('textbox', { name: 'Table', exact: true })).toHaveValue('inspection');
    await expect(fields.getByRole('textbox', { name: 'Name of id' })).toHaveValue('id');
  });

  await test.step('give it fields and a reference', async () => {
    await addField('inspector', 'text');
    await set('Length of inspector', 'long');
    await expect(fields.getByText('length:')).toBeVisible();
    await set('Length of inspector', '80');
    await page.getByRole('checkbox', { name: 'inspector is required' }).check();
    await addField('ship', 'reference');
    const picker = page.getByRole('dialog');
    await picker.getByLabel('Model referred to').selectOption('models.Ship');
    await picker.getByLabel('When it is deleted').selectOption('cascade');
    await expect(picker.getByText('both of type integer')).toBeVisible();
    await expectAccessible(page);
    await picker.getByRole('button', { name: 'Use this reference' }).click();
    await addField('passed', 'boolean');
    await page.getByRole('button', { name: 'Move passed up' }).click();
    await page.getByRole('button', { name: 'Remove passed' }).click();
    await page.getByRole('button', { name: 'Undo the removal of passed' }).click();
    await expectAccessible(page);
  });

  await test.step('index it, and see the SQL before it is saved', async () => {
    await page.getByRole('tab', { name: 'Indexes' }).click();
    await page.getByRole('button', { name: 'Add an index' }).click();
    await choose('Add a field to the new index', 'inspector');
    await expect(page.getByRole('textbox', { name: 'Name of inspection_inspector' })).toBeVisible();
    await page.getByRole('tab', { name: 'SQL' }).click();
    await expect(page.getByRole('group', { name: 'SQL' }).first()).toContainText(/CREATE TABLE "?inspection/i);
    await expectAccessible(page);
  });

  await test.step('save and deploy', async () => {
    await page.keyboard.press('Control+s');
    await expect(page.getByText('models.Inspection is saved.').last()).toBeVisible();
    await expect(page.getByRole('treeitem', { name: /Inspection/ })).toBeVisible();
    await page.getByRole('tab', { name: 'Rows' }).click();
    await expect(page.getByRole('heading', { name: 'Inspection is not deployed to development' })).toBeVisible();
    await page.getByRole('button', { name: 'Open deploy' }).click();
    await page.getByRole('button', { name: 'Deploy to development' }).click();
    await expect(page.getByRole('heading', { name: 'development serves release 2' })).toBeVisible();
    await expect(page.getByText('Create table').first()).toBeVisible();
  });

  await test.step('a row put in over the data API shows', async () => {
    await page.getByRole('button', { name: 'Rows of Inspection' }).click();
    await expect(page.getByRole('heading', { name: 'No rows yet' })).toBeVisible();
    await page.getByRole('tab', { name: 'API', exact: true }).click();
    await page.getByRole('button', { name: 'Make a write token' }).click();
    const line = page.getByRole('region', { name: 'curl line that inserts' });
    await expect(line).toContainText('Bearer mrd_');
    const [, url = '', token = ''] = /'(http[^']+)'[^]*Bearer ([^']+)'/.exec(await line.innerText()) ?? [];
    const post = (row: object) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(row),
      });
    expect((await post({ inspector: 'Ada', ship: 1, passed: true })).status).toBe(201);
    // refused by the database through a pool that a page may have opened first
    expect((await post({ inspector: 'Ada', ship: 4_000_000 })).status).toBe(409);
    await page.getByRole('tab', { name: 'Rows' }).click();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByRole('cell', { name: 'Ada' })).toBeVisible();
    await expect(page.getByRole('cell', { name: /^1 Aurora/ })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a removed field is dropped only with consent', async () => {
    await page.getByRole('tab', { name: 'Fields' }).click();
    await page.getByRole('button', { name: 'Remove passed' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('textbox', { name: 'Name of passed' })).toHaveCount(0);
    await page.getByRole('tab', { name: 'Deploy' }).click();
    await page.getByRole('button', { name: 'Deploy to development' }).click();
    await expect(page.getByRole('heading', { name: 'Ready, and waits for consent' })).toBeVisible();
    await expect(page.getByText('Drop column', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Approve and deploy' }).click();
    await expect(page.getByRole('heading', { name: 'development serves release 3' })).toBeVisible();
  });
});
