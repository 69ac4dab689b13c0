/** `npm run draw:measure`: see command.ts. */
import { commandMain } from '../command/start.ts';
import { drawMeasureCommand } from './command.ts';

export const main = commandMain(() => drawMeasureCommand);
