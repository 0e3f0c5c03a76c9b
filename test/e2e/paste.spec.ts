import { expect, expectAccessible, setUpOwner, test } from './portal-test.ts';

const PASSWORD = 'Zq7xKw$4';
const TEXT = `postgres://app:${encodeURIComponent(PASSWORD)}@db.example.com:5433/shop?sslmode=require&application_name=shop&pgbouncer=true&host=elsewhere&sslcert=/c.pem`;

test('a pasted text shows what is taken, ignored and refused, fills the form, and is sent with the save alone', async ({
  page,
  portal,
}) => {
  await setUpOwner(page, portal);
  await page.request.post('/api/v1/apps', { data: { name: 'shop' }, headers: { origin: portal.url } });
  await page.goto('/apps/shop');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  const field = (name: string) => page.getByRole('tabpanel').getByLabel(name, { exact: true });
  const dialog = page.getByRole('dialog');
  const text = dialog.getByLabel('Connection text');

  await test.step('in the Add dialog it proposes the engine and fills the form that opens', async () => {
    await page.getByRole('button', { name: 'Add an element' }).first().click();
    await dialog.getByRole('button', { name: 'Paste a connection text' }).click();
    await expect(text).toBeFocused();
    await text.fill('mysql://app@db.example.com/archive?charset=utf8mb4');
    await expect(dialog.getByRole('status')).toContainText('URL of MySQL: 4 understood, 0 ignored, 0 refused.');
    await expect(dialog.getByRole('radio', { name: /MySQL/ })).toBeChecked();
    await text.fill('postgres://app@db.example.com/old');
    await expect(dialog.getByRole('radio', { name: /PostgreSQL/ })).toBeChecked();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await expect(field('Host')).toHaveValue('db.example.com');
    await expect(field('Database')).toHaveValue('old');
  });

  await test.step('a half-typed text says what is missing, and where', async () => {
    await page.getByRole('button', { name: 'Paste a connection text' }).click();
    await expect(text).toBeFocused();
    await text.fill('postgres://app:se');
    await expect(dialog.getByRole('status')).toHaveText(/What follows the : at character 15 is no port/);
    await expect(dialog.getByRole('button', { name: 'Use these' })).toBeDisabled();
    await expect(text).toHaveValue('postgres://app:se');
    await text.fill('mysql://app@db/shop');
    await expect(dialog.getByRole('status')).toContainText('a text of MySQL, and this element is PostgreSQL');
    await expect(dialog.getByRole('button', { name: 'Use these' })).toBeDisabled();
  });

  await test.step('the preview shows fields, ignored and refused; the password stays hidden', async () => {
    await text.fill(TEXT);
    await expect(dialog.getByRole('status')).toContainText('7 understood, 1 ignored, 2 refused');
    const understood = dialog.getByRole('region', { name: 'Understood' });
    await expect(understood).toContainText('db.example.com');
    await expect(understood).toContainText('[secret]');
    await expect(understood).not.toContainText(PASSWORD);
    await expect(dialog.getByRole('region', { name: 'Ignored' })).toHaveText(/pgbouncer/);
    await expect(dialog.getByRole('region', { name: 'Refused' })).toContainText('names another host');
    await expect(dialog.getByRole('region', { name: 'Refused' })).toContainText('a path to a file');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Use these' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('the form is filled and unsaved; nothing has left the browser', async () => {
    await expect(field('Port')).toHaveValue('5433');
    await expect(field('Database')).toHaveValue('shop');
    await expect(field('TLS mode')).toHaveText('require');
    await expect(page.getByLabel('Key of the variable for Password')).toHaveValue('MAIN_PASSWORD');
    expect(sent.filter((body) => body.includes('Zq7xKw'))).toEqual([]);
  });

  await test.step('saving keeps the password as a variable', async () => {
    await page.keyboard.press('Control+s');
    await expect(page.getByText('databases.Main is saved.').last()).toBeVisible();
    const answer = await page.request.get('/api/v1/apps/shop/elements/connections.Main');
    expect(((await answer.json()) as { body: object }).body).toMatchObject({
      host: 'db.example.com',
      port: 5433,
      user: 'app',
      password: { $env: 'MAIN_PASSWORD' },
      tls: { mode: 'require' },
      options: { applicationName: 'shop' },
    });
    expect(await page.content()).not.toContain('Zq7xKw');
  });
});
