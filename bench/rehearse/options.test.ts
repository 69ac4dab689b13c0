/** Proves what the command line takes and refuses. */
import { describe, expect, test } from 'vitest';
import { HELP, isLoopback, type Options, parseOptions } from './options.ts';

function parsed(argv: string[], env: Record<string, string> = {}): Options {
  const result = parseOptions(argv, env, 42);
  if (result.kind !== 'run') throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.options;
}

function refusal(...argv: string[]): string {
  const result = parseOptions(argv, {}, 42);
  return result.kind === 'bad' ? result.message : `not refused: ${result.kind}`;
}

test('nothing given means the local shop and its sample admin', () => {
  expect(parsed([])).toEqual({
    url: 'http://localhost:8787',
    shoppers: 500,
    stock: 50,
    variants: [],
    queue: undefined,
    seed: 42,
    connections: 256,
    holdSeconds: 6,
    leadSeconds: 3,
    cancelPercent: 10,
    leavePercent: 5,
    adminEmail: 'admin@swiftdrop.com',
    adminPassword: 'Admin@1234',
    json: false,
  });
});

test('flags are taken, with a space or an equals sign', () => {
  const options = parsed(['--shoppers', '20', '--stock=5', '--seed', '7', '--json']);
  expect(options).toMatchObject({ shoppers: 20, stock: 5, seed: 7, json: true });
});

test('variants are given by their units', () => {
  expect(parsed(['--variants', '10,20,20']).variants).toEqual([10, 20, 20]);
});

test('a queue is played instead of a rush', () => {
  expect(parsed(['--draw']).queue).toBe('draw');
  expect(parsed(['--waitlist']).queue).toBe('waitlist');
});

test('it is paid, beside variants or in a queue, at a provider that the environment may name', () => {
  const pay = { webhooks: [], providerUrl: undefined, providerKey: undefined, dataFolder: '.data' };
  expect(parsed(['--pay'])).toMatchObject({ pay, queue: undefined, variants: [] });
  expect(parsed(['--pay', '--variants', '2,3'])).toMatchObject({ pay, variants: [2, 3] });
  expect(parsed(['--pay', '--draw'])).toMatchObject({ pay, queue: 'draw' });
  expect(parsed(['--pay', '--waitlist'])).toMatchObject({ pay, queue: 'waitlist' });
  const env = { STRIPE_API_URL: 'http://x', STRIPE_SECRET_KEY: 'key', SWIFTDROP_DATA: 'mine' };
  expect(parsed(['--pay', '--webhooks', 'twice,shuffled'], env).pay).toEqual({
    webhooks: ['twice', 'shuffled'],
    providerUrl: 'http://x',
    providerKey: 'key',
    dataFolder: 'mine',
  });
});

test('the environment names the port and the admin, and flags beat it', () => {
  const env = { PORT: '9000', SWIFTDROP_ADMIN_EMAIL: 'a@x.io', SWIFTDROP_ADMIN_PASSWORD: 'pw' };
  expect(parsed([], env)).toMatchObject({
    url: 'http://localhost:9000',
    adminEmail: 'a@x.io',
    adminPassword: 'pw',
  });
  expect(parsed(['--admin-email', 'b@x.io'], env).adminEmail).toBe('b@x.io');
});

describe('refused with one clear line', () => {
  test.each([
    [['--shoppers', '0'], '--shoppers 0 is not a whole number from 1 to 20000'],
    [['--stock', 'many'], '--stock many is not a whole number from 1 to 1000000'],
    [['--variants', '10,,20'], '--variants  is not a whole number from 1 to 1000000'],
    [['--variants', Array(51).fill(1).join()], '--variants has 51 where 50 are allowed'],
    [['--draw', '--waitlist'], 'say --draw or --waitlist, not both'],
    [['--draw', '--variants', '1,2'], '--variants cannot be played together with --draw'],
    [['--webhooks', 'twice'], '--webhooks is for --pay'],
    [['--pay', '--webhooks', 'late'], '--webhooks late is none of twice, shuffled, lossy'],
    [['--hold', '4'], '--hold 4 is not a whole number from 5 to 1800'],
    [['--seed', '1e3'], '--seed 1e3 is not a whole number from 0 to 4294967295'],
    [['--cancel', '60', '--leave', '41'], '--cancel and --leave are more than 100 percent'],
    [['--url', 'ftp://localhost'], '--url ftp://localhost is not an http address'],
    [['--url', 'nonsense'], '--url nonsense is not an http address'],
    [['--bananas'], "Unknown option '--bananas'"],
    [['stray'], "Unexpected argument 'stray'"],
    [['--stock'], "Option '--stock <value>' argument missing"],
  ])('%j', (argv, message) => {
    expect(refusal(...argv)).toContain(message);
    expect(refusal(...argv)).not.toContain('\n');
  });
});

test('another machine is refused unless it is really meant', () => {
  expect(refusal('--url', 'https://shop.example.com')).toContain('--yes-really');
  expect(parsed(['--url', 'https://shop.example.com/', '--yes-really']).url).toBe(
    'https://shop.example.com',
  );
});

test.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'shop.localhost', '0x7f.1'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(`http://${host}:8787`)).toBe(true);
  },
);

test.each(['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', '[::2]'])(
  '%s is not this machine, whatever it looks like',
  (host) => {
    expect(isLoopback(`http://${host}:8787`)).toBe(false);
  },
);

test('the help names every flag', () => {
  expect(parseOptions(['--help'], {}, 1)).toEqual({ kind: 'help' });
  for (const flag of [
    'shoppers',
    'stock',
    'variants',
    'seed',
    'url',
    'yes-really',
    'json',
    'connections',
    'draw',
    'waitlist',
    'pay',
    'webhooks',
  ]) {
    expect(HELP).toContain(`--${flag}`);
  }
});
