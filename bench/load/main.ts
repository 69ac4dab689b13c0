/** `npm run load`, called by `local/run.js`, which checks Node's version first. */
import { randomInt } from 'node:crypto';
import { commandMain } from '../command/start.ts';
import { SEED_MAX } from '../rehearse/seeded-random.ts';
import { loadCommand } from './command.ts';

export const main = commandMain(() => loadCommand({ seedDrawn: randomInt(SEED_MAX + 1) }));
