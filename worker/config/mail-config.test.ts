import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgres://user:password@host.example/shop',
  JWT_SECRET: 'x'.repeat(32),
};
const sender = { PUBLIC_URL: 'https://shop.example', MAIL_FROM: 'Lamp Shop <a+b@shop.example>' };
const folder = { ...env, ...sender, MAIL_VIA: 'folder', MAIL_FOLDER_URL: 'http://127.0.0.1:1/k' };

const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

const faultsOf = (via: string) => () => readConfig({ ...env, MAIL_VIA: via });
const secretIn = (text: string) =>
  readConfig({ ...env, MAIL_WEBHOOK_SECRET: text }).mailWebhookSecret;

describe('the configuration of mail', () => {
  it('is none by default, whatever else is set of it', () => {
    expect(readConfig(env).mail).toBeUndefined();
    expect(readConfig({ ...env, ...sender, MAIL_VIA: '' }).mail).toBeUndefined();
  });

  it('names all that the chosen way needs and is not there', () => {
    expect(faultsOf('cloudflare')).toThrow(/malformed: PUBLIC_URL, MAIL_FROM$/);
    expect(faultsOf('resend')).toThrow(/malformed: PUBLIC_URL, MAIL_FROM, MAIL_API_KEY$/);
    expect(faultsOf('folder')).toThrow(/malformed: PUBLIC_URL, MAIL_FROM, MAIL_FOLDER_URL$/);
    expect(faultsOf('smtp')).toThrow('MAIL_VIA');
  });

  it('is one value with the limits that hold without any', () => {
    expect(readConfig(folder).mail).toEqual({
      route: { via: 'folder', url: 'http://127.0.0.1:1/k' },
      from: { name: 'Lamp Shop', email: 'a+b@shop.example' },
      replyTo: undefined,
      publicUrl: 'https://shop.example',
      perSecondMax: 2,
      perDayMax: undefined,
    });
    const limited = { ...folder, MAIL_PER_SECOND_MAX: '50', MAIL_PER_DAY_MAX: '1000' };
    expect(readConfig(limited).mail).toMatchObject({ perSecondMax: 50, perDayMax: 1_000 });
  });

  it('asks Resend at its own address, or at one of this machine', () => {
    const resend = { ...env, ...sender, MAIL_VIA: 'resend', MAIL_API_KEY: 're_key' };
    const apiUrl = 'https://api.resend.com';
    expect(readConfig(resend).mail?.route).toEqual({ via: 'resend', apiUrl, apiKey: 're_key' });
    const here = { ...resend, MAIL_API_URL: 'http://127.0.0.1:5000' };
    expect(readConfig(here).mail?.route).toMatchObject({ apiUrl: 'http://127.0.0.1:5000' });
    for (const wrong of ['http://api.resend.com', 'https://api.resend.com/emails']) {
      expect(() => readConfig({ ...resend, MAIL_API_URL: wrong })).toThrow('MAIL_API_URL');
    }
  });

  it('writes to a folder through this machine alone', () => {
    for (const wrong of ['http://mail.example/', 'https://127.0.0.1/', 'http://127.0.0.1.evil/']) {
      expect(() => readConfig({ ...folder, MAIL_FOLDER_URL: wrong })).toThrow('MAIL_FOLDER_URL');
    }
  });

  it('takes no sender or address for answers that could end a header', () => {
    for (const wrong of [
      'a@b.example',
      'A\r\nBcc: x@y.example <a@b.example>',
      '"A" <a@b.example>',
    ]) {
      expect(() => readConfig({ ...folder, MAIL_FROM: wrong })).toThrow('MAIL_FROM');
    }
    for (const wrong of ['hello', 'a@b.example\r\nBcc: x@y.example', 'A <a@b.example>']) {
      expect(() => readConfig({ ...folder, MAIL_REPLY_TO: wrong })).toThrow('MAIL_REPLY_TO');
    }
  });

  it('takes limits that are whole numbers within reason', () => {
    for (const wrong of ['0', '-1', '1.5', '1001', '2 a second']) {
      expect(() => readConfig({ ...folder, MAIL_PER_SECOND_MAX: wrong })).toThrow(
        'MAIL_PER_SECOND_MAX',
      );
    }
    expect(() => readConfig({ ...folder, MAIL_PER_DAY_MAX: '10000001' })).toThrow(
      'MAIL_PER_DAY_MAX',
    );
  });

  it('takes the secret of the reports as its provider writes it, and no short one', () => {
    expect(secretIn('')).toBeUndefined();
    expect(secretIn(secretOf(24))).toBe(secretOf(24));
    expect(secretIn(secretOf(64))).toBe(secretOf(64));
    for (const wrong of [secretOf(23), secretOf(65), secretOf(24).slice(6), 'whsec_!!!!']) {
      expect(() => secretIn(wrong), wrong).toThrow('MAIL_WEBHOOK_SECRET');
    }
  });
});
