import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

test('a refused deploy is mended in place, deployed, read, and rolled back', async ({ page, portal }) => {
  await setUpOwner(page, portal);
  await page.goto('/apps/harbour/deploy?env=production');

  await test.step('what a deploy would do', async () => {
    await expect(page.getByRole('heading', { name: 'Nothing was deployed to production yet' })).toBeVisible();
    await page.getByRole('button', { name: 'Plan', exact: true }).first().click();
    await expect(page.getByRole('heading', { name: 'A deploy to production would wait for 1 thing' })).toBeVisible();
    await page.getByRole('button', { name: 'Close the plan' }).click();
  });

  await test.step('it is refused, calmly, and says what is missing', async () => {
    await page.getByRole('button', { name: 'Deploy to production' }).first().click();
    await expect(
      page.getByRole('heading', { name: /The deploy waits for 1 thing\. Nothing was changed\./ }),
    ).toBeVisible();
    await expect(page.getByRole('list', { name: 'Stages' }).getByRole('listitem')).toHaveCount(9);
    const reasons = page.getByRole('list', { name: 'What is missing' }).getByRole('listitem');
    await expect(reasons).toHaveCount(1);
    await expect(reasons).toContainText('HARBOUR_FILE has no value in production');
    await expectAccessible(page);
  });

  await test.step('a reload loses nothing', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: /The deploy waits for 1 thing/ })).toBeVisible();
  });

  await test.step('the field at fault is one press away', async () => {
    await page.getByRole('button', { name: 'Open field databases.Harbour file' }).click();
    await expect(page.getByRole('button', { name: 'File: variable HARBOUR_FILE' })).toBeFocused();
    await page.getByRole('tab', { name: 'Deploy' }).click();
  });

  await test.step('set the value in place; its default is the proposal', async () => {
    await expect(page.getByRole('textbox', { name: 'Database file in production' })).toHaveValue('harbour.db');
    await page.getByRole('button', { name: 'Set value of HARBOUR_FILE' }).click();
    await expect(page.getByText('HARBOUR_FILE is set now. Deploy again.')).toBeVisible();
    await page.getByRole('button', { name: 'Deploy again' }).click();
  });

  await test.step('what is served, and its rows', async () => {
    await expect(page.getByRole('heading', { name: 'production serves release 1' })).toBeVisible();
    await expect(page.getByText('serves release 1, deployed just now')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Rows of PortCall' }).click();
    await expect(page.getByRole('region', { name: 'Rows of PortCall' })).toBeVisible();
    await expect(page.getByText(/^1–50 of \d+ in production$/)).toBeVisible();
    await page.getByRole('button', { name: /^arrives_at/ }).click();
    await expect(page.getByRole('columnheader', { name: /^arrives_at/ })).toHaveAttribute('aria-sort', 'ascending');
    await page.getByRole('button', { name: 'Add a filter' }).click();
    const filter = page.getByRole('group', { name: 'Filter 1' });
    await filter.getByLabel('Field').selectOption('status');
    await filter.getByLabel('Value').fill('moored');
    await filter.getByLabel('Value').press('Enter');
    await expect(page).toHaveURL(/where=status%3Deq\.moored/);
    await expect(page.getByRole('cell', { name: 'moored' }).first()).toBeVisible();
    await expect(page.getByRole('cell', { name: 'departed' })).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('the curl line takes its token, once, and works', async () => {
    await page.getByRole('tab', { name: 'Deploy' }).click();
    const line = page.getByRole('region', { name: 'curl line' });
    await expect(line).toContainText('$TOKEN');
    await page.getByRole('button', { name: 'Make a read token' }).click();
    await expect(line).toContainText('Bearer mrd_');
    const [, url = '', token = ''] = /curl '([^']+)'[^]*Bearer ([^']+)'/.exec(await line.innerText()) ?? [];
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveLength(5);
    await page.reload();
    await expect(line).toContainText('$TOKEN');
  });

  await test.step('a second release, and back to the first', async () => {
    await page.getByRole('treeitem', { name: /Ship/ }).click();
    const comment = page.getByRole('textbox', { name: 'Title' });
    await comment.fill('Vessels');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('models.Ship is saved.').last()).toBeVisible();
    await page.getByRole('tab', { name: 'Deploy' }).click();
    await page.getByRole('button', { name: 'Deploy to production' }).click();
    await expect(page.getByRole('heading', { name: 'production serves release 2' })).toBeVisible();
    await page
      .getByRole('table', { name: 'Deployments' })
      .getByRole('button', { name: 'Roll back to release 1' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await expect(page.getByRole('heading', { name: 'production serves release 1' })).toBeVisible();
    await page.getByRole('link', { name: 'Releases' }).click();
    await expect(page.getByRole('list', { name: 'Releases' }).getByRole('listitem').first()).toContainText(
      'serves now',
    );
    await expectAccessible(page);
  });
});
