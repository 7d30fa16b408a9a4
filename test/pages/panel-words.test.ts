import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressing, readFrame } from '../../src/pages/panel/frames.js';
import {
  blank,
  heard,
  indicated,
  isUnanswered,
  moved,
  put,
  rings,
} from '../../src/pages/panel/panel-state.js';
import { angleOf, labelled, POSITIONS, readPosition } from '../../src/pages/panel/positions.js';
import { sentence } from '../../src/pages/panel/sentence.js';
import { labelsOf } from '../../src/services/telegraph/labels.js';

const labels = (mode: 'status' | 'two-way' = 'status') =>
  labelled(labelsOf({ mode, station: 'choose', acknowledgements: false }));
const CQP = labels();
const NAVAL = labels('two-way');
const BLANK = blank('panel');

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
  assert.deepEqual(readFrame('3&3'), { kind: 'answer', position: 3 });
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
    'Accepted state: 3',
    'Send state: 3',
    '12&3',
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
  const elsewhere = put(called, 8);
  assert.ok(isUnanswered(elsewhere));
  assert.ok(!isUnanswered(put(elsewhere, 7)));
  assert.equal(pressing('panel', 7), 'Accept&7');
});

test('an order given while the connection was lost is not taken for acknowledged', () => {
  const before = heard(BLANK, readFrame('2&1'));
  const after = heard(before, readFrame('9&1'));
  assert.deepEqual([after.order, after.handle, isUnanswered(after)], [9, 2, true]);
  assert.ok(!isUnanswered(heard(before, readFrame('2&1'))));
});

test('an answer that was refused leaves the order unanswered, and says why', () => {
  const refused = heard(put(heard(BLANK, readFrame('7')), 7), readFrame('Refused: read only'));
  assert.ok(isUnanswered(refused));
  assert.equal(sentence({ ...refused, connection: 'up' }, CQP), 'Your answer was refused: read only');
  assert.equal(put(refused, 7).refusal, undefined);
});

test('the bell rings for the startup and each order, not for coming back to what stood', () => {
  const before = blank('panel', 4);
  assert.ok(rings(before, readFrame('4&1')), 'the page knew the order, and has not rung for it');
  const begun = heard(before, readFrame('4&1'));
  assert.ok(!rings(begun, readFrame('4&1')));
  assert.ok(rings(begun, readFrame('5&1')));
  assert.ok(rings(begun, readFrame('4')));
  for (const quiet of ['5&3', 'Accepted state: 5', 'Refused: x', 'hello'])
    assert.ok(!rings(begun, readFrame(quiet)), quiet);
});

test('an answer means nothing to a panel of the status file', () => {
  const state = heard(BLANK, readFrame('2&1'));
  assert.deepEqual(heard(state, readFrame('9&3')), state);
});

test('on the bridge only a startup or an answer moves the indicator, in the engine room a startup or an order', () => {
  for (const station of ['bridge', 'engine'] as const) {
    const mine = station === 'bridge' ? '8&3' : '8';
    const others = station === 'bridge' ? '9' : '9&3';
    const begun = heard({ ...blank(station), connection: 'up' }, readFrame('6&1'));
    assert.deepEqual([indicated(begun), begun.handle], [6, 6]);
    assert.deepEqual([rings(begun, readFrame(mine)), rings(begun, readFrame(others))], [true, false]);
    assert.equal(indicated(heard(begun, readFrame(others))), 6);
    assert.equal(indicated(heard(begun, readFrame(mine))), 8);
    assert.equal(heard(begun, readFrame(mine)).handle, 6);
  }
  assert.deepEqual([pressing('bridge', 3), pressing('engine', 3)], ['Broadcast&3', 'Accept&3']);
});

test('bridge and engine room say how they stand, and who changes place finds what was last done there', () => {
  const bridge = put(heard({ ...blank('bridge'), connection: 'up' }, readFrame('6&1')), 1);
  assert.equal(sentence(bridge, NAVAL), 'Full ahead ordered — the engine room stands at Stop');
  const ordered = heard(bridge, readFrame('1'));
  const engine = moved(ordered, 'engine');
  assert.deepEqual([indicated(engine), engine.handle], [1, 6]);
  assert.equal(sentence(engine, NAVAL), 'Full ahead ordered — not acknowledged');
  const answered = heard(ordered, readFrame('1&3'));
  assert.equal(sentence(answered, NAVAL), 'Full ahead — answered by the engine room');
  assert.ok(!isUnanswered(answered));
  const anew = heard(heard(answered, readFrame('2')), readFrame('6&1'));
  assert.deepEqual([indicated(anew), anew.handle], [6, 6], 'the server keeps nothing: all begin anew');
});
