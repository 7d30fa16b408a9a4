import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { panel, reads, stands } from './panel-page.js';
import { ScriptedTelegraph } from './scripted-telegraph.js';

const options = { skip: withoutChromium };

test('a startup frame moves both parts, an order only the indicator', options, async (t) => {
  const { page, visitor } = await panel(t, 2);
  await reads(page, 'HALF — acknowledged');
  await stands(page, 'indicator', 2);
  await stands(page, 'handle', 2);
  visitor.say('11');
  await reads(page, 'BATTLE STATIONS ordered — not acknowledged');
  await stands(page, 'indicator', 11);
  await stands(page, 'handle', 2);
});

test('as long as no order stands, neither part is shown', options, async (t) => {
  const { page } = await panel(t);
  await reads(page, 'No order stands');
  for (const part of ['#indicator', '#handle'])
    assert.equal(await page.locator(part).evaluate((element) => getComputedStyle(element).opacity), '0');
});

test('every sector can be clicked, and its label fits into it', options, async (t) => {
  const { page, visitor } = await panel(t, 6, { viewport: { width: 390, height: 844 } });
  await reads(page, 'STOP');
  const sectors = page.getByRole('toolbar').getByRole('button');
  assert.equal(await sectors.count(), 11);
  for (let position = 1; position <= 11; position += 1) {
    const sector = sectors.nth(position - 1);
    await sector.click();
    await visitor.hears(`Accept&${position}`);
    await stands(page, 'handle', position);
    assert.equal(await sector.getAttribute('aria-pressed'), 'true');
    const over = await sector.evaluate((element) => {
      const box = (name: string) => (element.querySelector(name) as SVGGraphicsElement).getBBox();
      const [label, face] = [box('.label'), box('.face')];
      return Math.max(label.width - face.width, label.height - face.height);
    });
    assert.ok(over < 0, `the label of ${position} is ${over} too large`);
  }
  await stands(page, 'indicator', 6);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

for (const mode of ['status', 'two-way'] as const)
  test(`on a phone, the smallest of the ${mode} mode's labels is still readable`, options, async (t) => {
    const telegraph = await ScriptedTelegraph.open(t, { mode });
    const page = await openPage(t, telegraph.url, { viewport: { width: 390, height: 844 } });
    const sizes = await page.locator('.sector text').evaluateAll((texts) =>
      texts.map((text) => {
        const scale = (text.closest('svg')?.clientWidth ?? 0) / 960;
        return Number(text.getAttribute('font-size')) * scale;
      }),
    );
    assert.ok(Math.min(...sizes) >= 11, `letters of ${Math.min(...sizes)} px`);
  });

test('no frame moves a part unless it is a position, and none becomes markup', options, async (t) => {
  const { page, visitor } = await panel(t, 4);
  await reads(page, 'REVERSE — acknowledged');
  const before = await page.locator('#dial').innerHTML();
  const mean = '<img src=x onerror="document.body.dataset.hacked=1">';
  visitor.say(
    mean,
    `Server echoed: ${mean}`,
    `Current Status: ${mean}`,
    `Accepted state: ${mean}`,
    `${mean}&1`,
    `${mean}&3`,
    `Send state: ${mean}`,
  );
  visitor.say(
    '12',
    '0',
    '007',
    '5 ',
    '5\n',
    '5&2',
    '5&3',
    '12&1',
    '12&3',
    '',
    'NaN',
    '{"task":"x"}',
    '5'.repeat(4000),
  );
  visitor.socket.send(Buffer.from('5'));
  visitor.say(`Refused: ${mean}`);
  await reads(page, `Your answer was refused: ${mean}`);
  assert.equal(await page.locator('#dial').innerHTML(), before);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.evaluate(() => document.body.dataset.hacked), undefined);
});

test('when the server says that it goes, it counts as lost and cannot be answered', options, async (t) => {
  const { page, visitor, telegraph } = await panel(t, 4);
  await reads(page, 'REVERSE');
  visitor.say('EOT Server is shutting down.');
  await reads(page, 'Connection lost — trying again');
  await page.getByRole('button', { name: 'LUNCH' }).click({ force: true });
  await stands(page, 'handle', 4);
  visitor.socket.close(1001);
  const again = await telegraph.visitor();
  again.say('Connected to EOT Server', '5&1');
  await reads(page, 'NEXT ordered — not acknowledged');
  assert.deepEqual([visitor.heard, again.heard], [[], []]);
});

test('a server that does not want the panel back is not asked again', options, async (t) => {
  const { page, visitor } = await panel(t, 4);
  await reads(page, 'REVERSE');
  visitor.socket.close(1008);
  await reads(page, 'The server has closed this panel — reload the page to try again');
});

test('a connection that died without a word is found out, and replaced', options, async (t) => {
  const telegraph = await ScriptedTelegraph.open(t);
  const page = await openPage(t, 'about:blank');
  await page.clock.install();
  await page.goto(telegraph.url);
  const visitor = await telegraph.visitor();
  visitor.say('Connected to EOT Server', '4&1');
  await reads(page, 'REVERSE — acknowledged');
  await page.clock.fastForward(25_000);
  await visitor.hears('status');
  await page.clock.fastForward(10_000);
  await reads(page, 'Connection lost — trying again');
  await page.clock.fastForward(20_000);
  (await telegraph.visitor()).say('Connected to EOT Server', '8&1');
  await reads(page, 'LUNCH ordered — not acknowledged');
});

test('without a network the loss is shown at once', options, async (t) => {
  const { page } = await panel(t, 4);
  await reads(page, 'REVERSE');
  await page.context().setOffline(true);
  await reads(page, 'Connection lost — trying again');
});

test('without script, the page says that it needs it', options, async (t) => {
  const telegraph = await ScriptedTelegraph.open(t);
  const page = await openPage(t, telegraph.url, { javaScriptEnabled: false });
  assert.match(await page.locator('#status').innerText(), /^This telegraph needs JavaScript\./);
});

test(
  'everything comes from the server itself, and its content policy has nothing to forbid',
  options,
  async (t) => {
    const telegraph = await ScriptedTelegraph.open(t);
    const page = await openPage(t, 'about:blank');
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(telegraph.url);
    (await telegraph.visitor()).say('Connected to EOT Server', '4&1');
    await reads(page, 'REVERSE');
    assert.deepEqual(complaints, []);
    for (const url of asked) assert.ok(url.startsWith(telegraph.url), url);
  },
);
