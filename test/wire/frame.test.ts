import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFrame } from '../../src/wire/frame.js';
import type { Json } from '../../src/wire/json.js';

/** How deep a value is nested: 0 for what holds nothing. */
function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** Texts full of what could mislead a reader of brackets. */
const tricky = fc.array(
  fc.constantFrom('[', ']', '{', '}', '"', '\\', '\\"', ':', ',', '1', 'a', 'ü', '\n'),
  { maxLength: 200 },
);

const nested = fc.nat(40).chain((depth) =>
  fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.string(), fc.constant(depth)).map(([core, key, times]) => {
    let value = core as Json;
    for (let n = 0; n < times; n++) value = n % 2 ? [value, `]}"\\${key}`] : { [key]: value, '[{': '[[[' };
    return value;
  }),
);

test('whatever text comes is read without a throw', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.json(),
    tricky.map((parts) => parts.join('')),
  );
  const read = fc.property(text, (frame) => ['hello', 'call', 'flaw'].includes(readFrame(frame).kind));
  fc.assert(read, { seed: 1873, numRuns: 1_000 });
});

test('a call is taken if and only if it is nested at most 32 deep, whatever its strings hold', () => {
  const agrees = fc.property(nested, (data) => {
    const frame = { task: 'TaskEcho', data };
    const expected = depthOf(frame) <= 32 ? 'call' : 'flaw';
    return readFrame(JSON.stringify(frame)).kind === expected;
  });
  fc.assert(agrees, { seed: 1873, numRuns: 2_000 });
});

test('the data of a call is the data that was sent', () => {
  const same = fc.property(fc.jsonValue({ maxDepth: 5 }), (data) => {
    const text = JSON.stringify({ task: 'TaskEcho', data, ref: 1 });
    const frame = readFrame(text);
    assert.equal(
      frame.kind === 'call' && JSON.stringify({ task: frame.task, data: frame.data, ref: frame.ref }),
      text,
    );
  });
  fc.assert(same, { seed: 1873, numRuns: 2_000 });
});
