import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { Json } from '../../src/wire/json.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

/** Long enough for every algorithm. */
const SECRET = 'a secret of more than sixty-four bytes, which is what HS512 asks of its keys';

const settingsWith = (options: string): string =>
  settingsText({
    imports: "import { SessionManager, TokenSessionManager } from 'eot-server';",
    change: `services: base.services.map((s) => (s === SessionManager ? TokenSessionManager${options} : s))`,
  });

const settings = settingsWith(
  `.with({ secret: '${SECRET}', sameDomain: false, issuer: 'shop', audience: 'eot' })`,
);

const CLAIMS: JWTPayload = { sub: '7', username: 'ann', iss: 'shop', aud: 'eot' };

function token(
  claims: JWTPayload,
  { secret = SECRET, expires = '5m', algorithm = 'HS256' } = {},
): Promise<string> {
  const unsigned = new SignJWT(claims).setProtectedHeader({ alg: algorithm }).setExpirationTime(expires);
  return unsigned.sign(new TextEncoder().encode(secret));
}

/** The user whom the server takes a token for. */
async function userOf(t: TestContext, server: TestServer, sessionId: string): Promise<Json> {
  const visitor = await Visitor.to(t, server);
  const { data } = await visitor.ask({ room: 'lobby', session_id: sessionId });
  return (data as { user: Json }).user;
}

test('a good token is the user that it names', async (t) => {
  const server = await startServer(t, { settings });
  assert.deepEqual(await userOf(t, server, await token(CLAIMS)), { id: '7', username: 'ann' });
  const { username: _, ...nameless } = CLAIMS;
  assert.deepEqual(await userOf(t, server, await token({ ...nameless, name: 'Ann B.' })), {
    id: '7',
    username: 'Ann B.',
  });
  assert.deepEqual(await userOf(t, server, await token(nameless)), { id: '7', username: '7' });
});

test('a token that is expired, forged, unsigned or for others is nobody', async (t) => {
  const server = await startServer(t, { settings });
  const { sub: _, ...nobody } = CLAIMS;
  const good = await token(CLAIMS);
  const [head, body, signature] = good.split('.') as [string, string, string];
  const changed = Buffer.from(JSON.stringify({ ...CLAIMS, sub: '1' })).toString('base64url');
  const bad: Record<string, string> = {
    expired: await token(CLAIMS, { expires: '-1m' }),
    'of another key': await token(CLAIMS, { secret: SECRET.replace('secret', 'sacred') }),
    'of another algorithm': await token(CLAIMS, { algorithm: 'HS512' }),
    unsigned: new UnsecuredJWT(CLAIMS).encode(),
    'without its signature': `${head}.${body}.`,
    changed: `${head}.${changed}.${signature}`,
    'of another issuer': await token({ ...CLAIMS, iss: 'bank' }),
    'for another audience': await token({ ...CLAIMS, aud: 'mail' }),
    'without a user': await token(nobody),
    'no token': 'nonsense',
    'three dots': '...',
  };
  for (const [name, text] of Object.entries(bad)) assert.equal(await userOf(t, server, text), null, name);
  assert.deepEqual(await userOf(t, server, good), { id: '7', username: 'ann' });
});

test('a secret that is short or missing fails the start by name', async (t) => {
  for (const options of ['', '.with({})', ".with({ secret: '' })", `.with({ secret: '${'x'.repeat(31)}' })`])
    await assert.rejects(
      startServer(t, { settings: settingsWith(options) }),
      /^Error: ended with 1: eot-server: .*the secret of TokenSessionManager needs at least 32 bytes\n$/,
    );
});
