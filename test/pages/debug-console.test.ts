import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutChromium } from '../helpers/chromium.js';
import { panel, reads } from './panel-page.js';

const options = { skip: withoutChromium };
const MEAN = '<img src=x onerror="document.body.dataset.hacked=1">';

test('behind the π is every frame that came or went, as text', options, async (t) => {
  const { page, visitor } = await panel(t, 4);
  await reads(page, 'REVERSE');
  await page.getByRole('button', { name: 'LUNCH' }).click();
  await visitor.hears('Accept&8');
  visitor.say('Accepted state: 8', MEAN, '  spaces  and\nlines', '');
  visitor.say('5');
  await reads(page, 'NEXT ordered');
  await page.getByRole('button', { name: 'Debug panel' }).click();
  const log = page.getByRole('log');
  await log.waitFor();
  assert.deepEqual(await log.locator('div').allTextContents(), [
    'Connected to EOT Server',
    '4&1',
    'You sent: Accept&8',
    'Accepted state: 8',
    MEAN,
    '  spaces  and\nlines',
    '',
    '5',
  ]);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => document.body.dataset.hacked), undefined);
});

test('what is typed is sent as it is, and its answer shown; Close closes', options, async (t) => {
  const { page, visitor } = await panel(t, 4);
  await reads(page, 'REVERSE');
  await page.getByRole('button', { name: 'Debug panel' }).click();
  const dialog = page.getByRole('dialog', { name: 'E.O.T. Debug Panel' });
  const input = dialog.getByRole('textbox', { name: 'What to send' });
  assert.ok(await input.evaluate((element) => element === document.activeElement));
  await input.fill(MEAN);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await visitor.hears(MEAN);
  visitor.say(`Server echoed: ${MEAN}`);
  await dialog.getByText(`Server echoed: ${MEAN}`, { exact: true }).waitFor();
  await dialog.getByText(`You sent: ${MEAN}`, { exact: true }).waitFor();
  assert.equal(await input.inputValue(), '');
  assert.equal(await page.locator('img').count(), 0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test(
  'without a connection it says so and keeps what was typed; it keeps the latest 500 lines',
  options,
  async (t) => {
    const { page, visitor } = await panel(t, 4);
    await reads(page, 'REVERSE');
    for (let line = 0; line < 600; line += 1) visitor.say(`line ${line}`);
    visitor.say('EOT Server is shutting down.');
    await reads(page, 'Connection lost');
    await page.getByRole('button', { name: 'Debug panel' }).click();
    const lines = page.getByRole('log').locator('div');
    assert.equal(await lines.count(), 500);
    assert.equal(await lines.last().textContent(), 'EOT Server is shutting down.');
    await page.getByRole('textbox').fill('status');
    await page.getByRole('textbox').press('Enter');
    await page.getByText('Not sent: there is no connection').waitFor();
    assert.equal(await page.getByRole('textbox').inputValue(), 'status');
  },
);
