/** A process that hunts one mutant after the other, as their numbers are sent to it. */
import { huntMutant } from './mutants.ts';

process.on('message', (number: number) => {
  void huntMutant(number).then((hunted) => process.send?.(hunted));
});
