// Makes the pictures of the panel in docs/screenshots: each of a real server, in a real browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = dirname(import.meta.dirname);
const pictures = join(root, 'docs', 'screenshots');
const DESKTOP = { width: 680, height: 600 };
const PHONE = { width: 360, height: 640 };

/** Starts a server with the order 9 and gives its address to `use`. */
async function serving(panel, use) {
  const folder = mkdtempSync(join(tmpdir(), 'eot-pictures-'));
  writeFileSync(join(folder, 'status.eot'), '9\n');
  writeFileSync(
    join(folder, 'settings.js'),
    `import { defaultSettings } from 'eot-server';\nexport default { ...defaultSettings(), panel: ${panel} };\n`,
  );
  const words = [join(root, 'dist', 'bin', 'eot-server.js'), 'start', '--port', '0'];
  const server = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    const [line] = await once(createInterface(server.stdout), 'line');
    await use(line.split(' ').pop());
  } finally {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

async function open(browser, url, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('[data-connection=up] #handle[data-position]').waitFor();
  return page;
}

/** Once the pointer is away, so that nothing is lit up. */
async function shoot(page, name) {
  await page.mouse.click(2, 2);
  await page.locator('#hint').waitFor({ state: 'hidden' });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.context().close();
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await serving('{}', async (url) => {
    const answered = async (options, label) => {
      const page = await open(browser, url, options);
      await page.getByRole('button', { name: label }).click();
      return page;
    };
    await shoot(await answered({ viewport: DESKTOP }, 'COFFEE'), 'desktop');
    await shoot(await answered({ viewport: DESKTOP, colorScheme: 'dark' }, 'ENGINE WORKING WRONG'), 'dark');
    await shoot(await answered({ viewport: PHONE, colorScheme: 'dark' }, 'LUNCH'), 'phone');
  });
  await serving("{ mode: 'two-way' }", async (url) => {
    const viewport = { width: 680, height: 680 };
    const bridge = await open(browser, url, { viewport });
    const engine = await open(browser, url, { viewport });
    await engine.getByRole('radio', { name: 'Engine Room Control' }).click();
    await bridge.getByRole('button', { name: 'Half ahead' }).click();
    await engine.getByText('Half ahead ordered').waitFor();
    await shoot(bridge, 'two-way');
  });
} finally {
  await browser.close();
}
