/** `npm run pages:measure`: see command.ts. */
import { commandMain } from '../command/start.ts';
import { pagesMeasureCommand } from './command.ts';

export const main = commandMain(() => pagesMeasureCommand);
