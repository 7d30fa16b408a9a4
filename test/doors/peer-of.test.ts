import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { peerOf } from '../../src/services/doors/peer-of.js';

/** What is made of a request from an address, with these headers. */
function peer(remoteAddress: string, headers: Record<string, string>) {
  const { local, ownPage } = peerOf({ socket: { remoteAddress }, headers } as IncomingMessage);
  return { local, ownPage };
}

test('local is this machine, by a name of its own, and through no proxy that says so', () => {
  for (const host of ['127.0.0.1:1873', 'localhost', 'LOCALHOST:80', '[::1]:1873', '127.1.2.3'])
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      assert.equal(peer(address, { host }).local, true, `${address} asks for ${host}`);
  const host = 'localhost:1873';
  for (const address of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '', '1127.0.0.1'])
    assert.equal(peer(address, { host }).local, false, address);
  for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '', '0.0.0.0'])
    assert.equal(peer('127.0.0.1', { host: name }).local, false, name);
  for (const header of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
    assert.equal(peer('127.0.0.1', { host, [header]: 'x' }).local, false, header);
});

test('an own page is one of the very host that was asked, or none', () => {
  const host = 'www.example.org';
  assert.equal(peer('1.2.3.4', { host }).ownPage, true);
  assert.equal(peer('1.2.3.4', { host, origin: 'https://www.example.org' }).ownPage, true);
  for (const origin of ['https://example.org', 'null', 'https://www.example.org:8443', ''])
    assert.equal(peer('1.2.3.4', { host, origin }).ownPage, false, origin);
});
