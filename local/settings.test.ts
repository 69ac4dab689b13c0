import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDatabaseShared, isLoopback, readSettings } from './settings.ts';

describe('the settings', () => {
  it('have a default for everything', () => {
    const dataFolder = resolve('.data');
    const settings = {
      port: 8787,
      dataFolder,
      databaseUrl: undefined,
      mongodbUri: undefined,
      metricsToken: undefined,
      draw: {},
    };
    expect(readSettings({})).toEqual(settings);
    const empty = {
      PORT: '',
      SWIFTDROP_DATA: '',
      DATABASE_URL: '',
      MONGODB_URI: '',
      METRICS_TOKEN: '',
      DRAW_BEACON: '',
    };
    expect(readSettings(empty)).toEqual(settings);
  });

  it('follow the environment', () => {
    const databaseUrl = 'postgres://u:p@localhost/shop';
    const mongodbUri = 'mongodb://u:p@localhost,other/shop';
    const env = {
      PORT: '9000',
      SWIFTDROP_DATA: '/somewhere',
      DATABASE_URL: databaseUrl,
      MONGODB_URI: mongodbUri,
      METRICS_TOKEN: 'm'.repeat(32),
      DRAW_RELAYS: 'http://127.0.0.1:8799',
      DRAW_LEAD_SECONDS: '9',
    };
    expect(readSettings(env)).toEqual({
      port: 9_000,
      dataFolder: '/somewhere',
      databaseUrl,
      mongodbUri,
      metricsToken: 'm'.repeat(32),
      draw: { DRAW_RELAYS: 'http://127.0.0.1:8799', DRAW_LEAD_SECONDS: '9' },
    });
  });

  it('name the variable at fault in one line, and never repeat a database’s password', () => {
    for (const port of ['0', '65536', '80.5', 'http']) {
      expect(() => readSettings({ PORT: port })).toThrow(`PORT is "${port}"`);
    }
    for (const url of ['mysql://u:secret@x/y', 'secret']) {
      expect(() => readSettings({ DATABASE_URL: url })).toThrow(/^DATABASE_URL must look like/);
      expect(() => readSettings({ DATABASE_URL: url })).not.toThrow(/secret/);
      expect(() => readSettings({ MONGODB_URI: url })).toThrow(/^MONGODB_URI must look like/);
      expect(() => readSettings({ MONGODB_URI: url })).not.toThrow(/secret/);
    }
  });

  it('take no beacon, relay or time that the shop would not take', () => {
    expect(() => readSettings({ DRAW_BEACON: 'dice' })).toThrow('DRAW_BEACON is "dice"');
    const relay = 'http://relay.example';
    expect(() => readSettings({ DRAW_RELAYS: relay })).toThrow(/^DRAW_RELAYS is .* must be up to/);
    expect(() => readSettings({ DRAW_LEAD_SECONDS: '0' })).toThrow(/^DRAW_LEAD_SECONDS is "0"/);
  });

  it('take no token that could be guessed, nor repeat it', () => {
    expect(() => readSettings({ METRICS_TOKEN: 'secret' })).toThrow(/^METRICS_TOKEN must be/);
    expect(() => readSettings({ METRICS_TOKEN: 'secret' })).not.toThrow(/secret/);
  });

  it('take further hosts, and nothing that is none', () => {
    expect(readSettings({ ALLOWED_HOSTS: 'shop.test,a.test:81' }).allowedHosts).toBe(
      'shop.test,a.test:81',
    );
    for (const wrong of ['*', 'https://shop.test', 'shop.test/']) {
      expect(() => readSettings({ ALLOWED_HOSTS: wrong })).toThrow(/^ALLOWED_HOSTS is/);
    }
  });

  it('know whether a database is on this machine', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(isLoopback(`postgres://u:p@${host}:5432/shop`)).toBe(true);
    }
    for (const host of ['db.example.com', '10.0.0.5', 'localhost.example.com']) {
      expect(isLoopback(`postgres://u:p@${host}/shop`)).toBe(false);
    }
  });

  it('tell a database that others share from one of this machine', () => {
    const remote = 'postgres://u:p@db.example.com/shop';
    expect(isDatabaseShared({ databaseUrl: remote })).toBe(true);
    expect(isDatabaseShared({ databaseUrl: 'postgres://u:p@localhost/shop' })).toBe(false);
    expect(isDatabaseShared({ databaseUrl: undefined })).toBe(false);
  });
});
