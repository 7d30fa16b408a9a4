import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { newFolder, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';

const PAGES = ['/', '/panel', '/panel.js', '/panel.css', '/favicon.svg', '/client.js'];

test('every page forbids what is inline or foreign, and says what it is', async (t) => {
  const { url } = await startServer(t);
  for (const path of PAGES) {
    const { status, headers } = await fetch(url + path);
    assert.equal(status, 200, path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self'/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-type') ?? '', /^(text|image)\//);
  }
});

test('by setting, another policy is sent', async (t) => {
  const settings = settingsText({
    imports: "import { Pages } from 'eot-server';",
    change: `services: base.services.map((s) => (s === Pages ? Pages.with({ policy: "default-src 'self'" }) : s))`,
  });
  const { url } = await startServer(t, { settings });
  assert.equal((await fetch(url)).headers.get('content-security-policy'), "default-src 'self'");
});

test('by setting, pages of one’s own are served beside the panel, and in its place where the path is the same', async (t) => {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'mine.html'), 'mine');
  const settings = settingsText({
    imports: "import { Pages } from 'eot-server';",
    change: `services: base.services.map((s) => (s === Pages ? Pages.with({ files: { '/': 'mine.html', '/mine': 'mine.html' }, folder: '.' }) : s))`,
  });
  const { url } = await startServer(t, { folder, settings });
  for (const path of ['/', '/mine']) assert.equal(await (await fetch(url + path)).text(), 'mine');
  for (const path of PAGES) assert.equal((await fetch(url + path)).status, 200, path);
});

test('a page that is known is not sent again; HEAD sends no body, other methods are refused', async (t) => {
  const { url } = await startServer(t);
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  const etag = plain.headers.get('etag') ?? '';
  const again = await fetch(url, { headers: { 'if-none-match': etag } });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  const zipped = await fetch(url);
  assert.equal(zipped.headers.get('content-encoding'), 'gzip');
  assert.equal(await zipped.text(), await plain.text());
  const head = await fetch(url, { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text(), head.headers.get('etag')], [200, '', etag]);
  assert.equal((await fetch(url, { method: 'POST' })).status, 405);
});

test('what is not there is not found, wherever it points', async (t) => {
  const { url } = await startServer(t);
  for (const path of [
    '/settings.ts',
    '/..%2fsettings.ts',
    '/panel.html',
    '/constructor',
    '/__proto__',
    '//panel',
  ])
    assert.equal((await fetch(url + path)).status, 404, path);
  assert.equal((await fetch(`${url}/panel?from=here`)).status, 200);
});
