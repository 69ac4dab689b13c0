import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from './webhook-signature.ts';

/** The vector of the project: standard-webhooks/standard-webhooks. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const SENT_S = 1_614_265_330;
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': String(SENT_S),
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const SIGNATURE = HEADERS['webhook-signature'];

interface Changed {
  headers?: Record<string, string>;
  body?: string;
  secret?: string;
  nowS?: number;
}

function accepts({ headers, body = BODY, secret = SECRET, nowS = SENT_S }: Changed = {}): boolean {
  const given: Record<string, string> = headers ?? HEADERS;
  return isSigned({ header: (name) => given[name], body }, { secret, nowMs: nowS * 1_000 });
}

function signed(timestamp: string): Record<string, string> {
  const id = 'msg_1';
  const key = Buffer.from(SECRET.slice(6), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${BODY}`).digest('base64');
  const names = { id, timestamp, signature: `v1,${mac}` };
  return Object.fromEntries(Object.entries(names).map(([name, text]) => [`svix-${name}`, text]));
}

describe('a signed message', () => {
  it('is taken as the standard has it', () => {
    expect(accepts()).toBe(true);
  });

  it('is taken with the older names of the headers, and with one good signature among others', () => {
    expect(accepts({ headers: signed(String(SENT_S)) })).toBe(true);
    const several = `v1a,${'A'.repeat(86)}== v1,${'A'.repeat(43)}= ${SIGNATURE}`;
    expect(accepts({ headers: { ...HEADERS, 'webhook-signature': several } })).toBe(true);
  });

  it('is refused with another body, id, time, secret or signature', () => {
    expect(accepts({ body: `${BODY} ` })).toBe(false);
    expect(accepts({ secret: `whsec_${Buffer.alloc(24, 1).toString('base64')}` })).toBe(false);
    for (const changed of [
      { 'webhook-id': 'msg_2' },
      { 'webhook-timestamp': String(SENT_S + 1) },
      { 'webhook-signature': SIGNATURE.replace('v1,', 'v2,') },
      { 'webhook-signature': SIGNATURE.replace('v1,', '') },
      { 'webhook-signature': SIGNATURE.replace('g0', 'g1') },
      { 'webhook-signature': SIGNATURE.slice(0, 20) },
      { 'webhook-signature': 'v1,' },
      { 'webhook-signature': '' },
    ]) {
      expect(accepts({ headers: { ...HEADERS, ...changed } }), JSON.stringify(changed)).toBe(false);
    }
  });

  it('is refused without one of its headers', () => {
    for (const name of Object.keys(HEADERS)) {
      const headers = Object.fromEntries(Object.entries(HEADERS).filter(([one]) => one !== name));
      expect(accepts({ headers }), name).toBe(false);
    }
    expect(accepts({ headers: {} })).toBe(false);
  });

  it('is taken within five minutes of its time, to both sides', () => {
    for (const seconds of [-300, 300]) expect(accepts({ nowS: SENT_S + seconds })).toBe(true);
    for (const seconds of [-301, 301]) expect(accepts({ nowS: SENT_S + seconds })).toBe(false);
  });

  it('is refused with a time that is no number, however it is signed', () => {
    for (const timestamp of ['', 'NaN', '-1', '1e9', ` ${SENT_S}`, '9'.repeat(12)]) {
      expect(accepts({ headers: signed(timestamp) }), timestamp).toBe(false);
    }
  });
});
