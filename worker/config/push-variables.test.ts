import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { isOfService } from './push-variables.ts';

const KEY = 'Ckl0cyBhIGtleSBvZiBhIHRlc3QsIG5vdCBhIHNlY3I';
const env = {
  DATABASE_URL: 'postgres://user:password@host.example/shop',
  JWT_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://shop.example',
};
const pushing = { ...env, VAPID_PRIVATE_KEY: KEY };

describe('the configuration of notifications', () => {
  it('is none without a key, and with one needs the shop’s own address', () => {
    expect(readConfig(env).push).toBeUndefined();
    expect(() => readConfig({ ...pushing, PUBLIC_URL: '' })).toThrow(/PUBLIC_URL/);
    expect(readConfig(pushing).push?.subject).toBe('https://shop.example');
  });

  it('has a public key that is a point of the curve, as browsers take it', () => {
    const point = Buffer.from(readConfig(pushing).push?.publicKey ?? '', 'base64url');
    expect([point.length, point[0]]).toEqual([65, 4]);
  });

  it('takes no key that is none, and does not repeat it', () => {
    for (const key of ['x', `${KEY}=`, 'A'.repeat(43), `${'_'.repeat(42)}8`]) {
      expect(() => readConfig({ ...pushing, VAPID_PRIVATE_KEY: key })).toThrow(
        /malformed: VAPID_PRIVATE_KEY$/,
      );
    }
  });

  it('knows the push services of browsers, and takes hosts or an origin of this machine', () => {
    const { services = [] } = readConfig(pushing).push ?? {};
    for (const host of [
      'fcm.googleapis.com',
      'updates.push.services.mozilla.com',
      'wns2-par02p.notify.windows.com',
      'web.push.apple.com',
    ]) {
      expect(isOfService(`https://${host}/a`, services), host).toBe(true);
    }
    for (const text of ['https://push.example', 'push', '*', '*.com:8', 'http://push.example']) {
      expect(() => readConfig({ ...pushing, PUSH_SERVICES: text }), text).toThrow('PUSH_SERVICES');
    }
    const own = 'push.example, http://127.0.0.1:8799';
    const push = readConfig({ ...pushing, PUSH_SERVICES: own }).push;
    expect(isOfService('http://127.0.0.1:8799/a', push?.services ?? [])).toBe(true);
    expect(isOfService('http://127.0.0.1:8798/a', push?.services ?? [])).toBe(false);
    expect(isOfService('https://fcm.googleapis.com/a', push?.services ?? [])).toBe(false);
  });
});
