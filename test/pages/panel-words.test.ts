import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptance, readFrame } from '../../src/pages/panel/frames.js';
import { answered, BLANK, heard, isUnanswered, sentence } from '../../src/pages/panel/panel-state.js';
import { angleOf, CQP, POSITIONS, readPosition } from '../../src/pages/panel/positions.js';

test('the eleven positions lie 20.84 degrees apart, STOP at the top', () => {
  const lettering =
    'FULL,HALF,SLOW,REVERSE,NEXT,STOP,COFFEE,LUNCH,ENGINE WORKING WRONG,SIWOTI,BATTLE STATIONS';
  assert.equal(POSITIONS.map((position) => CQP[position]).join(), lettering);
  const angles = [-104.2, -83.36, -62.52, -41.68, -20.84, 0, 20.84, 41.68, 62.52, 83.36, 104.2];
  for (const [index, position] of POSITIONS.entries())
    assert.equal(angleOf(position).toFixed(2), angles[index]?.toFixed(2));
});

test('a position is 1 to 11, written exactly so', () => {
  assert.deepEqual(POSITIONS.map(String).map(readPosition), [...POSITIONS]);
  for (const text of ['0', '12', '01', '-1', '1.0', '1e0', ' 1', '1\n', '', '١', '111', 'constructor'])
    assert.equal(readPosition(text), undefined, JSON.stringify(text));
});

test('a frame is read for what it is, and what is not known is talk', () => {
  assert.deepEqual(readFrame('10'), { kind: 'order', position: 10 });
  assert.deepEqual(readFrame('10&1'), { kind: 'startup', position: 10 });
  assert.deepEqual(readFrame('Accepted state: 3'), { kind: 'accepted', position: 3 });
  assert.deepEqual(readFrame('Refused: not you'), { kind: 'refused', reason: 'not you' });
  assert.deepEqual(readFrame('EOT Server is shutting down.'), { kind: 'leaving' });
  const talk = [
    'Connected to EOT Server',
    'Current Status: 3',
    '12',
    '12&1',
    '3&2',
    '&1',
    '3\n',
    '',
    'Accepted state: x',
  ];
  for (const text of [...talk, 'Server echoed: 3', 'Server echoed: EOT Server is shutting down.'])
    assert.deepEqual(readFrame(text), { kind: 'talk' }, text);
});

test('an order counts as unanswered until the handle is put there', () => {
  const up = { ...BLANK, connection: 'up' } as const;
  assert.equal(sentence(up, CQP), 'No order stands');
  const begun = heard(up, readFrame('6&1'));
  assert.ok(!isUnanswered(begun));
  assert.equal(sentence(begun, CQP), 'STOP — acknowledged');
  const called = heard(begun, readFrame('7'));
  assert.deepEqual([called.order, called.handle, isUnanswered(called)], [7, 6, true]);
  assert.equal(sentence(called, CQP), 'COFFEE ordered — not acknowledged');
  const elsewhere = answered(called, 8);
  assert.ok(isUnanswered(elsewhere));
  assert.ok(!isUnanswered(answered(elsewhere, 7)));
  assert.equal(acceptance(7), 'Accept&7');
});

test('an order given while the connection was lost is not taken for acknowledged', () => {
  const before = heard(BLANK, readFrame('2&1'));
  const after = heard(before, readFrame('9&1'));
  assert.deepEqual([after.order, after.handle, isUnanswered(after)], [9, 2, true]);
  assert.ok(!isUnanswered(heard(before, readFrame('2&1'))));
});

test('an answer that was refused leaves the order unanswered, and says why', () => {
  const refused = heard(answered(heard(BLANK, readFrame('7')), 7), readFrame('Refused: read only'));
  assert.ok(isUnanswered(refused));
  assert.equal(sentence({ ...refused, connection: 'up' }, CQP), 'Your answer was refused: read only');
  assert.equal(answered(refused, 7).refusal, undefined);
});
