#!/usr/bin/env node
import { run } from './run.js';

await run(['command', ...process.argv.slice(2)]);
