import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const parsed = (...argv: string[]) => parseOptions(argv, {});

test('without options it is the shop of this machine, five times', () => {
  expect(parsed()).toEqual({
    kind: 'run',
    options: { url: 'http://localhost:8787', runs: 5, paths: [], admin: undefined },
  });
  expect(parseOptions([], { PORT: '9000' })).toMatchObject({
    options: { url: 'http://localhost:9000' },
  });
});

test('pages, a shop and an admin can be named', () => {
  expect(
    parsed('/events/evt_1/draw', '--url', 'http://127.0.0.1:9/', '--admin', 'a@b.c:d:e'),
  ).toEqual({
    kind: 'run',
    options: {
      url: 'http://127.0.0.1:9',
      runs: 5,
      paths: ['/events/evt_1/draw'],
      admin: { email: 'a@b.c', password: 'd:e' },
    },
  });
});

test.each([
  [['--url', 'https://shop.example'], 'https://shop.example is not this machine'],
  [['--url', 'nowhere'], 'nowhere is not this machine'],
  [['--runs', '0'], '--runs 0 is not a whole number from 1 to 25'],
  [['events'], 'events is no path of the shop'],
  [['//elsewhere.example'], '//elsewhere.example is no path of the shop'],
  [['--admin', 'a@b.c'], '--admin must be EMAIL:PASSWORD'],
])('%j is refused', (argv, message) => {
  expect(parsed(...argv)).toEqual({ kind: 'bad', message });
});

test('help is told apart', () => {
  expect(parsed('--help')).toEqual({ kind: 'help' });
});
