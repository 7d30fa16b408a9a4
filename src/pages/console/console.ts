import { EotClient, EotError } from '../../client/eot-client.js';
import type { Json } from '../../wire/json.js';
import {
  type ClientInfo,
  type Page,
  type RoomInfo,
  SERVICE_STATE,
  SERVICES,
  type ServiceState,
  type Step,
  TRACE_STEP,
} from '../../wire/operations.js';
import { Clients } from './clients.js';
import { need, write } from './element.js';
import { moment } from './moment.js';
import { RoomList } from './room-list.js';
import { Services } from './services.js';
import { sure } from './sure.js';
import { Tape } from './tape.js';

/** How often clients and rooms are looked at, in milliseconds; what services do is told at once. */
const LOOK_EVERY = 2_000;

/** A trace is answered when it is over. */
const A_DAY = 86_400_000;

const connection = need('#connection', HTMLElement);
const followed = need('#followed', HTMLElement);
const unfollow = need('#unfollow', HTMLButtonElement);
const news = need('#news', HTMLElement);
const tape = new Tape();
const client = new EotClient({ room: SERVICES });
const services = new Services((name) => void restart(name));
const clients = new Clients({ follow, disconnect, look: () => void look() });
const rooms = new RoomList(
  (room) => clients.of(room),
  () => void look(),
);
let looking = false;

client.on('state', (state) => {
  document.body.dataset.connection = state;
  const words = { connecting: 'connecting', open: 'live', waiting: 'lost – trying again', closed: 'closed' };
  if (state !== 'closed') write(connection, words[state]);
  if (state === 'open') void arrive();
});
client.on('error', (error) => {
  if (error.code === 'refused') write(connection, `not for you: ${error.message}`);
  else if (client.state === 'closed') write(connection, `closed: ${error.message}`);
});
client.subscribe(SERVICE_STATE, ({ data }) => {
  const state = data as unknown as ServiceState;
  services.change(state);
  if (state.state === 'dead' || state.state === 'parked' || state.state === 'enabled')
    write(news, `${state.name} is ${state.state}${state.state === 'enabled' ? '' : `: ${state.reason}`}`);
});
client.subscribe(TRACE_STEP, ({ data }) => tape.add(data as unknown as Step));
unfollow.addEventListener('click', () => void ask('TaskTrace', { cid: null }));
setInterval(() => void (document.visibilityState === 'visible' && look()), LOOK_EVERY);

/** The connection is new: what was said meanwhile is not known. */
async function arrive(): Promise<void> {
  clients.own = client.cid;
  await Promise.all([
    ask<{ pid: number; since: string; services: ServiceState[] }>('TaskServices', null, (all) => {
      services.show(all.services);
      write(need('#server', HTMLElement), `pid ${all.pid}, since ${moment(all.since)}`);
    }),
    look(),
  ]);
}

async function look(): Promise<void> {
  if (looking || client.state !== 'open') return;
  looking = true;
  await Promise.all([
    ask<Page<ClientInfo>>('TaskClients', clients.wanted, (page) => clients.show(page)),
    ask<Page<RoomInfo>>('TaskRooms', rooms.wanted, (page) => rooms.show(page)),
  ]);
  looking = false;
}

async function restart(name: string): Promise<void> {
  const consequence = `What ${name} was doing is broken off; clients may have to connect again.`;
  if (await sure(`Restart ${name}?`, consequence, 'Restart it')) await ask('TaskRestart', { name });
}

async function disconnect(cid: string, name: string): Promise<void> {
  const consequence = 'Its connection is closed, and it is told not to come back.';
  if (!(await sure(`Disconnect ${name}?`, consequence, 'Disconnect it'))) return;
  await ask('TaskDisconnect', { cid });
  await look();
}

async function follow(cid: string, name: string): Promise<void> {
  tape.clear();
  unfollow.hidden = false;
  const title = `of ${name}`;
  write(followed, title);
  need('#trace', HTMLElement).scrollIntoView({ block: 'nearest' });
  let over = 'the connection was lost';
  await ask<{ over: string }>('TaskTrace', { cid }, (answer) => {
    over = answer.over;
  });
  // Another one may be followed by now.
  if (followed.textContent !== title) return;
  unfollow.hidden = true;
  write(followed, `${title} – over: ${over}`);
}

/** Asks the server and takes the answer; why there is none is shown. */
async function ask<Answer>(
  task: string,
  data: Json,
  take: (answer: Answer) => void = () => {},
): Promise<void> {
  try {
    take((await client.ask(task, data, task === 'TaskTrace' ? { deadline: A_DAY } : {})) as Answer);
  } catch (error) {
    if (!(error instanceof EotError)) throw error;
    if (error.code !== 'lost' && error.code !== 'closed') write(news, `${task}: ${error.message}`);
  }
}
