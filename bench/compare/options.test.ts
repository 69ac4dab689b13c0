/** Proves what the command line takes and refuses. */
import { expect, test } from 'vitest';
import { HELP, MEASUREMENTS, parseOptions } from './options.ts';

test('a name alone is enough', () => {
  expect(parseOptions(['viewers'])).toEqual({
    kind: 'run',
    options: {
      what: 'viewers',
      rounds: 5,
      seconds: 6,
      connections: 64,
      viewers: 2_000,
      entrants: 20_000,
      json: false,
    },
  });
});

test.each([
  [[], 'say one of mongodb, viewers, mails, payments, draw, gateway, page'],
  [['nothing'], 'say one of'],
  [['viewers', 'page'], 'say one of'],
  [['viewers', '--rounds', '0'], '--rounds 0 is not a whole number from 1 to 50'],
  [['viewers', '--bananas'], "Unknown option '--bananas'"],
])('%j is refused with one clear line', (argv, message) => {
  const parsed = parseOptions(argv);
  expect(parsed.kind === 'bad' && parsed.message).toContain(message);
  expect(parsed.kind === 'bad' && parsed.message).not.toContain('\n');
});

test('the help tells every measurement', () => {
  expect(parseOptions(['--help'])).toEqual({ kind: 'help' });
  for (const name of MEASUREMENTS) expect(HELP).toContain(`\n  ${name} `);
});
