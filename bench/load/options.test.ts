/** Proves what the command line takes, and which addresses it refuses. */
import { describe, expect, test } from 'vitest';
import { HELP, type LoadOptions, parseOptions } from './options.ts';

const SHOP = 'https://shop.example.com';

function parsed(...argv: string[]): LoadOptions {
  const result = parseOptions(argv, {}, 42);
  if (result.kind !== 'run') throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.options;
}

function refusal(...argv: string[]): string {
  const result = parseOptions(argv, {}, 42);
  return result.kind === 'bad' ? result.message : `not refused: ${result.kind}`;
}

test('nothing given means the local shop, its thresholds and a report here', () => {
  expect(parsed()).toMatchObject({
    sale: { url: 'http://localhost:8787', shoppers: 500, leadSeconds: 10, seed: 42 },
    thresholds: {
      errorPercentMax: 1,
      purchaseP99MsMax: 2_000,
      payP99MsMax: 2_000,
      readP99MsMax: 1_000,
    },
    reportFile: 'load-report.html',
  });
});

test('it may be paid, as a rehearsal is', () => {
  expect(parsed().sale.pay).toBeUndefined();
  const { sale } = parsed('--pay', '--webhooks', 'twice,lossy');
  expect(sale.pay).toMatchObject({ webhooks: ['twice', 'lossy'], dataFolder: '.data' });
  expect(refusal('--webhooks', 'twice')).toBe('--webhooks is for --pay');
});

describe('another machine is refused', () => {
  test.each([
    ['with nothing said', []],
    ['told once', ['--not-local']],
    ['told once, the other way', ['--yes-i-own', 'shop.example.com']],
  ])('%s', (_, flags) => {
    expect(refusal('--url', SHOP, ...flags)).toBe(
      `${SHOP} is not this machine; say --not-local and --yes-i-own shop.example.com if it is yours`,
    );
  });

  test.each(['example.com', 'SHOP.example.com.', 'localhost', ''])('owning %j instead', (host) => {
    expect(refusal('--url', SHOP, '--not-local', '--yes-i-own', host)).toContain(
      'is not shop.example.com, which --url names',
    );
  });

  test('also by the flag of the rehearsal', () => {
    expect(refusal('--url', SHOP, '--yes-really')).toContain("Unknown option '--yes-really'");
  });

  test('unless it is told twice', () => {
    const flags = ['--not-local', '--yes-i-own', 'shop.example.com'];
    expect(parsed('--url', `${SHOP}:8443/`, ...flags).sale.url).toBe(`${SHOP}:8443`);
  });
});

test.each([
  [['--errors-max', '101'], '--errors-max 101 is not a whole number from 0 to 100'],
  [['--purchase-p99-max', 'fast'], '--purchase-p99-max fast is not a whole number'],
  [['--shoppers', '0'], '--shoppers 0 is not a whole number from 1 to 20000'],
  [['--cancel', '60', '--leave', '41'], '--cancel and --leave are more than 100 percent'],
])('%j is refused with one clear line', (argv, message) => {
  expect(refusal(...argv)).toContain(message);
  expect(refusal(...argv)).not.toContain('\n');
});

test('the help names every flag', () => {
  expect(parseOptions(['--help'], {}, 1)).toEqual({ kind: 'help' });
  const flags = ['shoppers', 'stock', 'seed', 'url', 'not-local', 'yes-i-own', 'json', 'report'];
  const limits = ['errors-max', 'purchase-p99-max', 'read-p99-max', 'connections', 'lead', 'hold'];
  const paying = ['pay', 'webhooks', 'pay-p99-max'];
  for (const flag of [...flags, ...limits, ...paying]) expect(HELP).toContain(`--${flag}`);
});
