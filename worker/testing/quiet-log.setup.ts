/** Keeps the Worker's info lines out of the tests' output. */

const INFO = '{"level":"info"';
const QUIET = Symbol.for('info lines are left out');

const log: typeof console.log & { [QUIET]?: true } = console.log;

// Runs before each file, in one runtime.
if (!log[QUIET]) {
  const quiet = (...words: unknown[]) => {
    if (!String(words[0]).startsWith(INFO)) log(...words);
  };
  console.log = Object.assign(quiet, { [QUIET]: true });
}
