import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsIn, type Variable } from '../../data-api/environment.ts';
import { ConfigError, readConfig } from './config.ts';
import { VARIABLES } from './variables.ts';

const env = {
  DATABASE_URL: 'postgres://user:secret-word@host.example/shop',
  DATABASE_ENDPOINT: '',
  JWT_SECRET: 'x'.repeat(32),
};

describe('the configuration', () => {
  it('is complete with its required variables, and takes an endpoint only where one is given', () => {
    expect(readConfig(env)).toMatchObject({
      databaseEndpoint: undefined,
      addressLimits: true,
      sharedCalls: true,
      dispatchesOutbox: true,
      scryptCost: { n: 16_384 },
      placement: {},
    });
    const endpoint = 'http://127.0.0.1:5000/sql';
    expect(readConfig({ ...env, DATABASE_ENDPOINT: endpoint }).databaseEndpoint).toBe(endpoint);
  });

  it('leaves the outbox to another Worker where that is said, and in no other words', () => {
    expect(readConfig({ ...env, OUTBOX_DISPATCH: 'off' }).dispatchesOutbox).toBe(false);
    expect(() => readConfig({ ...env, OUTBOX_DISPATCH: 'no' })).toThrow('OUTBOX_DISPATCH');
  });

  it('takes the address as Neon gives it, and none that lacks what the driver needs', () => {
    const given =
      'postgresql://owner:p%40ss@ep-a-b-123-pooler.eu-central-1.aws.neon.tech/shop?sslmode=require&channel_binding=require';
    expect(readConfig({ ...env, DATABASE_URL: given }).databaseUrl).toBe(given);
    for (const url of [
      'postgres://host/shop',
      'postgres://user@host/shop',
      'postgres://u:p@host',
    ]) {
      expect(() => readConfig({ ...env, DATABASE_URL: url })).toThrow('DATABASE_URL');
    }
  });

  it('takes the secret before this one where there is one, and no short one', () => {
    const previous = 'y'.repeat(32);
    expect(readConfig(env).jwtSecretPrevious).toBeUndefined();
    expect(readConfig({ ...env, JWT_SECRET_PREVIOUS: '' }).jwtSecretPrevious).toBeUndefined();
    const rotated = readConfig({ ...env, JWT_SECRET_PREVIOUS: previous });
    expect(rotated.jwtSecretPrevious).toBe(previous);
    expect(() => readConfig({ ...env, JWT_SECRET_PREVIOUS: 'short' })).toThrow(
      'JWT_SECRET_PREVIOUS',
    );
  });

  it('has reviews where a Data API and its key are given, and names a key that is missing', () => {
    expect(readConfig(env).dataApi).toBeUndefined();
    expect(readConfig({ ...env, DATA_API_URL: '', DATA_API_KEY: '' }).dataApi).toBeUndefined();
    const url = 'https://data-api.example/app/shop/endpoint/data/v1';
    expect(readConfig({ ...env, DATA_API_URL: url, DATA_API_KEY: 'key' }).dataApi).toEqual({
      url,
      key: 'key',
      dataSource: 'mongodb-atlas',
      database: 'swiftdrop',
    });
    const keyless = { ...env, DATA_API_URL: url };
    expect(() => readConfig(keyless)).toThrow('missing or malformed: DATA_API_KEY');
  });

  it('names every variable at fault, what is wrong and what it must be, and shows no value', () => {
    const wrong = { DATABASE_URL: 'mysql://secret-word@x/y', EVENT_LOCATION: 'secret-place' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow(
      'missing or malformed: DATABASE_URL, JWT_SECRET, EVENT_LOCATION',
    );
    expect(faultsIn(VARIABLES, wrong)).toMatchObject([
      { name: 'DATABASE_URL', fault: 'malformed', form: 'postgres://user:password@host/database' },
      { name: 'JWT_SECRET', fault: 'missing' },
      { name: 'EVENT_LOCATION', fault: 'malformed', form: expect.stringContaining('weur') },
    ]);
    expect(JSON.stringify(faultsIn(VARIABLES, wrong))).not.toContain('secret-');
  });

  it('takes a list of origins, none by default, and nothing that is not exactly an origin', () => {
    expect([...readConfig(env).allowedOrigins]).toEqual([]);
    const two = { ...env, ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173' };
    expect([...readConfig(two).allowedOrigins]).toEqual([
      'https://a.example',
      'http://localhost:5173',
    ]);
    for (const wrong of ['*', 'https://a.example/', 'a.example', 'null', 'https://*.example']) {
      expect(() => readConfig({ ...env, ALLOWED_ORIGINS: wrong })).toThrow('ALLOWED_ORIGINS');
    }
  });

  it('takes a list of hosts, none by default, and nothing that is not exactly a host', () => {
    expect([...readConfig(env).allowedHosts]).toEqual([]);
    const three = { ...env, ALLOWED_HOSTS: 'localhost:8787, [::1]:8787,shop.test' };
    expect([...readConfig(three).allowedHosts]).toEqual([
      'localhost:8787',
      '[::1]:8787',
      'shop.test',
    ]);
    for (const wrong of ['*', '*.test', 'http://shop.test', 'shop.test/', 'a@shop.test', 'Shop']) {
      expect(() => readConfig({ ...env, ALLOWED_HOSTS: wrong })).toThrow('ALLOWED_HOSTS');
    }
  });

  it('places the objects where a variable names a place', () => {
    const placed = readConfig({ ...env, EVENT_LOCATION: 'weur' });
    expect(placed.placement).toEqual({ locationHint: 'weur' });
  });

  it('logs one everyday request in a hundred, or another share, and refuses what is no share', () => {
    expect(readConfig(env).everydayLogShare).toBe(0.01);
    const shareOf = (text: string) =>
      readConfig({ ...env, LOG_EVERYDAY_SHARE: text }).everydayLogShare;
    expect(['0', '0.25', '1'].map(shareOf)).toEqual([0, 0.25, 1]);
    for (const wrong of ['2', '-0.1', '1.5', 'all', '1e-3', ' 1']) {
      expect(() => shareOf(wrong), wrong).toThrow('LOG_EVERYDAY_SHARE');
    }
  });

  it('has figures to scrape only where a token is given, and takes no short one', () => {
    const tokenOf = (text: string) => readConfig({ ...env, METRICS_TOKEN: text }).metricsToken;
    expect(readConfig(env).metricsToken).toBeUndefined();
    expect(tokenOf('')).toBeUndefined();
    expect(tokenOf('m'.repeat(32))).toBe('m'.repeat(32));
    for (const wrong of ['m'.repeat(31), `${'m'.repeat(32)} x`]) {
      expect(() => tokenOf(wrong)).toThrow('METRICS_TOKEN');
    }
  });
});

describe.each(Object.entries<Variable>(VARIABLES))('%s', (_name, variable) => {
  it('takes its own default, where it has one', () => {
    const text = variable.default;
    expect(text === undefined || variable.schema.safeParse(text).success).toBe(true);
  });

  it('names another variable where it is needed with one, and files that are there', () => {
    const { needed, usedIn } = variable;
    const others =
      typeof needed === 'string' ? [] : 'with' in needed ? [needed.with] : needed.withAny;
    expect(others.filter((other) => !(other in VARIABLES))).toEqual([]);
    const root = join(import.meta.dirname, '../..');
    expect(usedIn.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(usedIn).not.toEqual([]);
  });
});
