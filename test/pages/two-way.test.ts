import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { reads, stands } from './panel-page.js';

const options = { skip: withoutChromium };
const settingsFor = (station: string) =>
  settingsText({ change: `panel: { mode: 'two-way', station: '${station}' }` });

async function stand(page: Page, indicator: number, handle: number): Promise<void> {
  await page.locator(`#indicator[data-position="${indicator}"]`).waitFor();
  await page.locator(`#handle[data-position="${handle}"]`).waitFor();
  await stands(page, 'indicator', indicator);
  await stands(page, 'handle', handle);
}

test(
  'the bridge orders, the engine room answers, and each indicator waits for the other',
  options,
  async (t) => {
    const server = await startServer(t, { settings: settingsFor('choose') });
    const [bridge, engine] = [await openPage(t, server.url), await openPage(t, server.url)];
    for (const page of [bridge, engine]) {
      await stand(page, 6, 6);
      await page.getByRole('radio', { name: 'Bridge Control', checked: true }).waitFor();
    }
    await engine.getByRole('radio', { name: 'Bridge Control' }).focus();
    await engine.keyboard.press('ArrowRight');
    await reads(engine, 'Stop — acknowledged');

    await bridge.getByRole('button', { name: 'Half ahead' }).click();
    await reads(engine, 'Half ahead ordered — not acknowledged');
    await stand(engine, 2, 6);
    await reads(bridge, 'Half ahead ordered — the engine room stands at Stop');
    await stand(bridge, 6, 2);

    await engine.getByRole('button', { name: 'Half ahead' }).click();
    await reads(bridge, 'Half ahead — answered by the engine room');
    await stand(bridge, 2, 2);
    await stand(engine, 2, 2);

    await engine.reload();
    await engine.getByRole('radio', { name: 'Engine Room Control', checked: true }).waitFor();
  },
);

test('by setting, the station is fixed, and says so', options, async (t) => {
  const server = await startServer(t, { settings: settingsFor('engine') });
  const page = await openPage(t, server.url);
  await reads(page, 'Stop — acknowledged');
  await page.getByRole('radio', { name: 'Engine Room Control', checked: true, disabled: true }).waitFor();
  assert.equal(await page.getByText('Bridge Control').isVisible(), false);
  const sent = page.waitForEvent('websocket');
  await page.reload();
  const frame = (await sent).waitForEvent('framesent');
  await stand(page, 6, 6);
  await page.getByRole('button', { name: 'Full astern' }).click();
  assert.equal((await frame).payload, 'Accept&11');
});

test('in the mode of the status file nobody is asked for a station', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '2\n' } });
  const page = await openPage(t, server.url);
  await reads(page, 'HALF — acknowledged');
  assert.equal(await page.getByRole('radio').count(), 0);
});
