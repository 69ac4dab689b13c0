/** Keeps the Worker's info lines out of the tests' output. */

const { log } = console;
const INFO = '{"level":"info"';

console.log = (...words: unknown[]) => {
  if (!String(words[0]).startsWith(INFO)) log(...words);
};
