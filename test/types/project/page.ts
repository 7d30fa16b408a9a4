import { EotClient, type Json, type Message, type Says, type TasksOf } from 'eot-server/client';
import type settings from './settings.js';

/** Holds that the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<_Holds extends true>(): void {}

const client = new EotClient<TasksOf<typeof settings> & { Time: Says<string> }>({ room: 'kitchen' });

// Right ones.
client.send('Cook', { dish: 'soup', count: 2 });
client.send('Cook', { dish: 'soup', count: 2 }, { room: 'kitchen' });
const cooked = await client.ask('Cook', { dish: 'soup', count: 2 }, { deadline: 100 });
same<Same<typeof cooked, number>>();
const measured = await client.ask('Measure', { size: '7' });
same<Same<typeof measured, { text: string } | null>>();
const rung = await client.ask('Ring');
same<Same<typeof rung, null>>();
client.subscribe('Ring', (message) => same<Same<typeof message, Message<'ding'>>>());
client.subscribe('Cook', ({ data }) => same<Same<typeof data, { ready: string } | number>>());
client.subscribe('Time', ({ data }) => same<Same<typeof data, string>>());
const listener = (message: Message<'ding'>) => console.log(message);
client.unsubscribe('Ring', listener);
const echoed = await client.ask('TaskEcho', { a: [1, 2] });
same<Same<typeof echoed, { a: number[] }>>();
const accepted = await client.ask('TaskAccept', 7);
same<Same<typeof accepted, number>>();
const joined = await client.ask('TaskSubscribe', { room: 'hall' });
same<Same<typeof joined, { room: string; offset: number }>>();
const pinged = await client.ask('TaskPing');
same<Same<typeof pinged, null>>();

// @ts-expect-error no such task
client.send('Cok', { dish: 'soup', count: 2 });
// @ts-expect-error no such task
await client.ask('constructor');
// @ts-expect-error no such task
client.subscribe('Nope', () => {});
// @ts-expect-error nobody can call what a service only says
client.send('Time', 'now');
// @ts-expect-error data of another kind
client.send('Cook', 'soup');
// @ts-expect-error half of the data
await client.ask('Cook', { dish: 'soup' });
// @ts-expect-error more than the data
await client.ask('Cook', { dish: 'soup', count: 2, hot: true });
// @ts-expect-error no data
await client.ask('Cook');
// @ts-expect-error what the schema makes, not what it takes
await client.ask('Measure', { size: 7 });
// @ts-expect-error data where none is wanted
client.send('Ring', 'loud');
// @ts-expect-error an answer of another kind
const text: string = await client.ask('Cook', { dish: 'soup', count: 2 });
// @ts-expect-error an echo of another kind
const number: number = await client.ask('TaskEcho', 'seven');
// @ts-expect-error it may answer nothing
const always: { text: string } = await client.ask('Measure', { size: '7' });
// @ts-expect-error what it says is of another kind
client.subscribe('Ring', ({ data }: Message<number>) => console.log(data));
// @ts-expect-error a state of another name
client.on('state', (state) => state === 'broken');

// Without the type argument everything is Json.
const plain = new EotClient({ url: 'ws://127.0.0.1:1873/ws', room: 'kitchen' });
plain.send('Whatever', { a: 1 });
plain.send('Whatever', undefined, { room: 'hall' });
const answer = await plain.ask('Whatever');
same<Same<typeof answer, Json>>();
plain.subscribe('Whatever', (message) => same<Same<typeof message, Message>>());
// @ts-expect-error no function can be sent
plain.send('Whatever', () => {});

console.log(text, number, always);
