/** `npm run rehearse`, called by `local/run.js`, which checks Node's version first. */
import { randomInt } from 'node:crypto';
import { commandMain } from '../command/start.ts';
import { rehearseCommand } from './command.ts';
import { SEED_MAX } from './seeded-random.ts';

export const main = commandMain(() => rehearseCommand({ seedDrawn: randomInt(SEED_MAX + 1) }));
