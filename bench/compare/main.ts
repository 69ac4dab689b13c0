/** `npm run compare`, called by `local/run.js`, which checks Node's version first. */
import { commandMain } from '../command/start.ts';
import { compareCommand } from './command.ts';

export const main = commandMain(() => compareCommand);
