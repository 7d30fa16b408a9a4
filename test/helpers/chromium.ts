import { existsSync } from 'node:fs';
import { after, type TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian puts it. */
export const PATH = '/usr/bin/chromium';
/** How it is started here. */
export const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that a test makes up comes from no network, and may reach this machine all the same.
  '--disable-features=LocalNetworkAccessChecks',
];

/** For a test's option `skip`: why it cannot run here. Where CI is true, a missing browser fails it instead. */
export const withoutChromium: string | false =
  existsSync(PATH) || process.env.CI === 'true' ? false : `There is no Chromium at ${PATH}.`;

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** The browser of this test file, launched when first wanted and closed at the end. */
export function launchChromium(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: PATH, args: ARGS });
  return browser;
}

/** A page as a visitor of their own sees it; it is closed with the test, which fails if a script of the page did. */
export async function openPage(
  t: TestContext,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await (await launchChromium()).newContext({ reducedMotion: 'reduce', ...options });
  const errors: Error[] = [];
  t.after(async () => {
    await context.close();
    for (const error of errors) throw error;
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(url);
  return page;
}
