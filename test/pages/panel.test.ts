import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { reads } from './panel-page.js';

const options = { skip: withoutChromium };

/** Waits until the two parts stand so. */
async function stands(page: Page, indicator: number, handle: number): Promise<void> {
  await page.locator(`#indicator[data-position="${indicator}"]`).waitFor();
  await page.locator(`#handle[data-position="${handle}"]`).waitFor();
}

const order = (server: TestServer, position: number) => writeFile(server.file('status.eot'), `${position}\n`);

test('an order moves the indicator of every open panel, a click only my own handle', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '10\n' } });
  const mine = await openPage(t, server.url);
  const theirs = await openPage(t, `${server.url}/panel`);
  for (const page of [mine, theirs]) {
    await reads(page, 'SIWOTI — acknowledged');
    await stands(page, 10, 10);
  }

  await order(server, 7);
  for (const page of [mine, theirs]) {
    await reads(page, 'COFFEE ordered — not acknowledged');
    await stands(page, 7, 10);
  }

  await mine.getByRole('button', { name: 'COFFEE' }).click();
  await reads(mine, 'COFFEE — acknowledged');
  await stands(mine, 7, 7);

  // Answers are not told to others: the next order finds the other handle where it was.
  await order(server, 8);
  await reads(theirs, 'LUNCH ordered — not acknowledged');
  await stands(theirs, 8, 10);
  await stands(mine, 8, 7);
});

test('what a click acknowledges is in the accept file, followed by a line feed', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '6\n' } });
  const page = await openPage(t, 'about:blank');
  const [socket] = await Promise.all([page.waitForEvent('websocket'), page.goto(server.url)]);
  await reads(page, 'STOP — acknowledged');
  for (const [position, name] of [
    [11, 'BATTLE STATIONS'],
    [1, 'FULL'],
  ] as const) {
    const answered = socket.waitForEvent(
      'framereceived',
      ({ payload }) => payload === `Accepted state: ${position}`,
    );
    await page.getByRole('button', { name }).click();
    await answered;
    await stands(page, 6, position);
    assert.equal(await readFile(server.file('accept.eot'), 'utf8'), `${position}\n`);
  }
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const)
  test(
    `after ${signal} the loss is shown, and a new server heals it without a reload`,
    options,
    async (t) => {
      const server = await startServer(t, { files: { 'status.eot': '2\n' } });
      const page = await openPage(t, server.url);
      await reads(page, 'HALF — acknowledged');
      await page.evaluate(() => Object.assign(document.body.dataset, { before: 'the loss' }));

      const lost = reads(page, 'Connection lost — trying again', 1_000);
      await Promise.all([lost, server.end(signal)]);
      await page.getByRole('button', { name: 'LUNCH' }).click({ force: true });
      await stands(page, 2, 2);

      await order(server, 9);
      const again = await startServer(t, { folder: server.folder, port: server.port });
      await reads(page, 'ENGINE WORKING WRONG ordered — not acknowledged', 40_000);
      await page.getByRole('button', { name: 'LUNCH' }).click();
      await stands(page, 9, 8);
      await order(again, 8);
      await reads(page, 'LUNCH — acknowledged');
      assert.equal(await page.evaluate(() => document.body.dataset.before), 'the loss');
    },
  );

test('what a file or a visitor writes never becomes markup in a panel', options, async (t) => {
  const mean = '<img src=x onerror="document.body.dataset.hacked=1">';
  const server = await startServer(t, { files: { 'status.eot': '3\n' } });
  const page = await openPage(t, 'about:blank');
  await page.routeWebSocket(/websocket/, (socket) => {
    const theServer = socket.connectToServer();
    theServer.onMessage((frame) => {
      socket.send(frame);
      // The panel itself never asks for an echo: one is asked for in its name, once it is up.
      if (frame === '3&1') theServer.send(mean);
      if (String(frame).startsWith('Server echoed: ')) void order(server, 4);
    });
  });
  await page.goto(server.url);
  await reads(page, 'REVERSE ordered');
  await writeFile(server.file('status.eot'), mean);
  await order(server, 5);
  await reads(page, 'NEXT ordered');
  await stands(page, 5, 3);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => document.body.dataset.hacked), undefined);
});

test('the content policy of the server forbids nothing that the panel does', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '6\n' } });
  const page = await openPage(t, 'about:blank');
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(server.url);
  await reads(page, 'STOP — acknowledged');
  assert.deepEqual(complaints, []);
});
