import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { PanelFacts } from '../../src/wire/telegraph.js';
import { openPage } from '../helpers/chromium.js';
import { ScriptedTelegraph, type Visitor } from './scripted-telegraph.js';

/** A panel, and the server's end of it; `order` stands already. */
export async function panel(
  t: TestContext,
  order?: number,
  context?: BrowserContextOptions,
  facts?: Partial<PanelFacts>,
): Promise<{ page: Page; visitor: Visitor; telegraph: ScriptedTelegraph }> {
  const telegraph = await ScriptedTelegraph.open(t, facts);
  const [page, visitor] = await Promise.all([openPage(t, telegraph.url, context), telegraph.visitor()]);
  visitor.say('Connected to EOT Server');
  if (order !== undefined) visitor.say(`${order}&1`);
  return { page, visitor, telegraph };
}

/** Waits until the panel says it. */
export async function reads(page: Page, text: string, timeout = 15_000): Promise<void> {
  await page.locator('#status', { hasText: text }).waitFor({ timeout });
}

/** Where the parts stand: attribute, and angle as drawn. */
function stand(
  page: Page,
  part: 'indicator' | 'handle',
): Promise<{ position: string | null; angle: number }> {
  return page.locator(`#${part}`).evaluate((element) => {
    const turning = element.querySelector('.turning');
    const { a, b } = new DOMMatrix(turning ? getComputedStyle(turning).transform : undefined);
    return { position: element.getAttribute('data-position'), angle: (Math.atan2(b, a) * 180) / Math.PI };
  });
}

/** Fails unless a part is drawn at a position. */
export async function stands(page: Page, part: 'indicator' | 'handle', position: number): Promise<void> {
  const found = await stand(page, part);
  assert.equal(found.position, String(position));
  assert.ok(Math.abs(found.angle - (position - 6) * 20.84) < 0.1, `${part} drawn at ${found.angle}`);
}
