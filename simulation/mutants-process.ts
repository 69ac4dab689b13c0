/** A process that tests one mutant after the other, as their numbers are sent to it. */
import { testMutant } from './mutants.ts';

process.on('message', (number: number) => {
  void testMutant(number).then((result) => process.send?.(result));
});
