/** `npm run bench`, called by `local/run.js`, which checks Node's version first. */
import { commandMain } from '../command/start.ts';
import { benchCommand } from './command.ts';

export const main = commandMain(() => benchCommand);
