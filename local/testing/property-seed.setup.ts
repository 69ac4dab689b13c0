/**
 * The seed of all property tests: the same in each run, so that chance does not decide on a change.
 * PROPERTY_SEED=N draws otherwise, PROPERTY_SEED=random as fast-check likes; a failure prints the seed.
 */
import fc from 'fast-check';

const SEED = 20261122;

const asked = process.env['PROPERTY_SEED'] ?? String(SEED);
if (asked !== 'random') {
  if (!/^-?\d{1,10}$/.test(asked)) {
    throw new Error(`PROPERTY_SEED=${asked} is neither a whole number nor random`);
  }
  fc.configureGlobal({ seed: Number(asked) });
}
