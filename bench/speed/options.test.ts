/** Proves what the command line takes and refuses. */
import { expect, test } from 'vitest';
import { HELP, parseOptions } from './options.ts';
import { ROW_NAMES } from './rows.ts';

test('nothing given means three rounds of everything', () => {
  expect(parseOptions([])).toEqual({
    kind: 'run',
    options: {
      rounds: 3,
      seconds: 2.5,
      only: [...ROW_NAMES],
      quick: false,
      out: undefined,
      json: false,
    },
  });
});

test('quick means one round unless told', () => {
  expect(parseOptions(['--quick'])).toMatchObject({ options: { rounds: 1, quick: true } });
  expect(parseOptions(['--quick', '--rounds=2'])).toMatchObject({ options: { rounds: 2 } });
});

test('some rows can be measured alone', () => {
  const parsed = parseOptions(['--only', 'empty,reserve', '--seconds', '0.2']);
  expect(parsed).toMatchObject({ options: { only: ['empty', 'reserve'], seconds: 0.2 } });
});

test.each([
  [['--rounds', '0'], '--rounds 0 is not a number from 1 to 20'],
  [['--rounds', '1.5'], '--rounds is not a whole number'],
  [['--seconds', ''], '--seconds  is not a number from 0.1 to 30'],
  [['--seconds', '31'], '--seconds 31 is not a number from 0.1 to 30'],
  [['--only', 'ok,fast'], `--only fast is none of ${ROW_NAMES.join(', ')}`],
  [['--bananas'], "Unknown option '--bananas'"],
])('%j is refused with one clear line', (argv, message) => {
  expect(parseOptions(argv)).toEqual({ kind: 'bad', message });
});

test('help is asked for by either name', () => {
  expect(parseOptions(['-h'])).toEqual({ kind: 'help' });
  expect(parseOptions(['--help'])).toEqual({ kind: 'help' });
  expect(HELP).toContain('Exit code');
});
