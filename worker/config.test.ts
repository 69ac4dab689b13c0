import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgres://user:secret-word@host.example/shop',
  DATABASE_ENDPOINT: '',
  JWT_SECRET: 'x'.repeat(32),
};

describe('the configuration', () => {
  it('is complete with its required variables, and takes an endpoint only where one is given', () => {
    expect(readConfig(env)).toMatchObject({
      databaseEndpoint: undefined,
      scryptCost: { n: 16_384 },
    });
    const endpoint = 'http://127.0.0.1:5000/sql';
    expect(readConfig({ ...env, DATABASE_ENDPOINT: endpoint }).databaseEndpoint).toBe(endpoint);
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

  it('names every variable at fault and shows no value', () => {
    const wrong = { DATABASE_URL: 'mysql://secret-word@x/y', JWT_SECRET: 'short-secret' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow('missing or malformed: DATABASE_URL, JWT_SECRET');
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

  it('tells of one everyday request in a hundred, or of another share, and of no share that is none', () => {
    expect(readConfig(env).everydayLogShare).toBe(0.01);
    const shareOf = (text: string) =>
      readConfig({ ...env, LOG_EVERYDAY_SHARE: text }).everydayLogShare;
    expect(['0', '0.25', '1'].map(shareOf)).toEqual([0, 0.25, 1]);
    for (const wrong of ['', '2', '-0.1', '1.5', 'all', '1e-3', ' 1']) {
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
