import type { Roll } from '../../wire/telegraph.js';
import { hangBell } from './bell-button.js';
import { DebugConsole } from './debug-console.js';
import { readFacts } from './facts.js';
import { pressing, readFrame } from './frames.js';
import { Memory } from './memory.js';
import { blank, heard, moved, type PanelState, put, rings } from './panel-state.js';
import { labelled, readPosition } from './positions.js';
import { hearRolls } from './roll-call.js';
import { part, Screen } from './screen.js';
import { offerStations, stationAtFirst } from './stations.js';
import { TelegraphLink } from './telegraph-link.js';

const facts = readFacts(document.body.dataset);
const tab = new Memory(() => sessionStorage);
const bell = hangBell(new Memory(() => localStorage));
const screen = new Screen(labelled(facts.labels), (position) => {
  if (send(pressing(state.station, position))) show(put(state, position));
});

let state = blank(stationAtFirst(facts, tab), readPosition(String(facts.order)));
let roll: Roll | undefined;
show(state);

const origin = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
const link = new TelegraphLink(`${origin}/websocket`, {
  up: () => show({ ...state, connection: 'up' }),
  lost: () => show({ ...state, connection: 'lost' }),
  closed: () => show({ ...state, connection: 'closed' }),
  sent: (text) => debug.sent(text),
  frame(text) {
    debug.heard(text);
    const frame = readFrame(text);
    if (frame.kind === 'leaving') link.expectEnd();
    if (rings(state, frame)) bell.ring();
    show(heard(state, frame));
  },
});
addEventListener('offline', () => link.drop());

const pi = part('pi');
const debug = new DebugConsole(part<HTMLDialogElement>('debug'), pi, send);
pi.hidden = false;
offerStations(facts, tab, (station) => show(moved(state, station)));
if (facts.acknowledgements && facts.mode === 'status')
  hearRolls(`${origin}/ws`, (called) => {
    roll = called;
    show(state);
  });

function send(text: string): boolean {
  return link.send(text);
}

function show(next: PanelState): void {
  state = next;
  screen.show(state, roll);
}
