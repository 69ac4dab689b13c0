/** Keeps what the Worker tells of its everyday business out of the tests' output. */

const { log } = console;
const EVERYDAY = '{"level":"info"';

console.log = (...told: unknown[]) => {
  if (!String(told[0]).startsWith(EVERYDAY)) log(...told);
};
