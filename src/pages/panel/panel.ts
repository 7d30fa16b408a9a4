import { Dial } from './dial.js';
import { acceptance, readFrame } from './frames.js';
import { answered, BLANK, heard, isUnanswered, type PanelState, sentence } from './panel-state.js';
import { CQP } from './positions.js';
import { TelegraphLink } from './telegraph-link.js';

const labels = CQP;
const title = document.title;
const body = document.body;
const status = need('status');

let state: PanelState = BLANK;

const dial = new Dial(need('dial'), labels, (position) => {
  if (link.send(acceptance(position))) show(answered(state, position));
});

const origin = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
const link = new TelegraphLink(`${origin}/websocket`, {
  up: () => show({ ...state, connection: 'up' }),
  lost: () => show({ ...state, connection: 'lost' }),
  closed: () => show({ ...state, connection: 'closed' }),
  frame(text) {
    const frame = readFrame(text);
    if (frame.kind === 'leaving') link.expectEnd();
    show(heard(state, frame));
  },
});

addEventListener('offline', () => link.drop());
show(state);

/** Draws the whole panel from its state; nothing else writes to the page. */
function show(next: PanelState): void {
  state = next;
  const { connection, order, handle } = state;
  const unanswered = isUnanswered(state);
  dial.show(order, handle, connection === 'up');
  body.dataset.connection = connection;
  body.dataset.answer = order === undefined ? 'none' : unanswered ? 'wanted' : 'given';
  const text = sentence(state, labels);
  if (status.textContent !== text) status.textContent = text;
  document.title = `${headline()}${title}`;
}

/** What the tab says of the state, for those who look at another one. */
function headline(): string {
  if (state.connection !== 'up') return '○ ';
  if (state.order === undefined) return '';
  return `${isUnanswered(state) ? '● ' : ''}${labels[state.order]} · `;
}

function need(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`panel.html has no element with the id ${id}`);
  return element;
}
