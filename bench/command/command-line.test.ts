/** Proves how options are read and refused. */
import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { between, readCommandLine, whole } from './command-line.ts';

test('of what Node says of a wrong option, the first sentence is kept', () => {
  const parsed = readCommandLine(() => {
    parseArgs({ args: ['--bananas'], options: {}, strict: true });
    return expect.unreachable();
  });
  expect(parsed).toEqual({ kind: 'bad', message: "Unknown option '--bananas'" });
});

test('of a message of our own, the first line is kept', () => {
  const parsed = readCommandLine(() => {
    throw new Error('--host shop.example. is not yours. Ask\nsomebody');
  });
  expect(parsed).toEqual({ kind: 'bad', message: '--host shop.example. is not yours. Ask' });
});

test('options and help are told apart', () => {
  expect(readCommandLine(() => ({ rounds: 3 }))).toEqual({ kind: 'run', options: { rounds: 3 } });
  expect(readCommandLine(() => 'help')).toEqual({ kind: 'help' });
});

test.each(['1', '50'])('whole numbers go up to both ends: %s', (text) => {
  expect(whole('rounds', text, [1, 50])).toBe(Number(text));
});

test.each(['0', '51', '1.5', '-1', '1e1', '', 'many'])(
  'no whole number from 1 to 50: "%s"',
  (text) => {
    const message = `--rounds ${text} is not a whole number from 1 to 50`;
    expect(() => whole('rounds', text, [1, 50])).toThrow(message);
  },
);

test('numbers may have a fraction', () => {
  expect(between('seconds', '0.1', [0.1, 30])).toBe(0.1);
  expect(between('seconds', '30', [0.1, 30])).toBe(30);
  for (const text of ['0.05', '31', '', 'many', 'NaN']) {
    const message = `--seconds ${text} is not a number from 0.1 to 30`;
    expect(() => between('seconds', text, [0.1, 30])).toThrow(message);
  }
});
