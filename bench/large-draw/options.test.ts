import { expect, it } from 'vitest';
import { PARTS, parseOptions } from './options.ts';

it('measures 100,000 entries and everything unless told otherwise', () => {
  const options = { entries: 100_000, only: PARTS, python: 'python3' };
  expect(parseOptions([], {})).toEqual({ kind: 'run', options });
});

it('takes a count, parts and a Python', () => {
  expect(parseOptions(['2000', '--only', 'list,browser'], { PYTHON: 'pypy' })).toEqual({
    kind: 'run',
    options: { entries: 2_000, only: ['list', 'browser'], python: 'pypy' },
  });
});

it.each([[['many']], [['5']], [['2000', '3000']], [['--only', 'all']], [['--fast']]])(
  'refuses %j',
  (argv) => {
    expect(parseOptions(argv, {}).kind).toBe('bad');
  },
);

it('has a help', () => {
  expect(parseOptions(['--help'], {})).toEqual({ kind: 'help' });
});
