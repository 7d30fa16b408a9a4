#!/usr/bin/env node
import { run } from './run.js';

const words = process.argv.slice(2);
const [socket, ...rest] = words;
await run(
  socket === undefined || socket.startsWith('-')
    ? ['stop', ...words]
    : ['stop', '--control-socket', socket, ...rest],
);
