import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signatureHeader } from '../../../local/stripe/signature.ts';
import { EVENTS_WANTED, eventIn, isFromStripe } from './webhook.ts';

const SECRET = 'whsec_new';
const BODY = '{"id":"evt_1"}';
const SENT_S = 1_790_000_000;
/** Made by Stripe's own library, stripe 23.1.0, of the same secret, time and body. */
const OFFICIAL = 't=1790000000,v1=a8d78c58874a6b2e5d89493e1b6dbe9f5a71790e5f2f2ce02d06c84076e09fe9';
const SIGNATURE = signatureHeader(BODY, { secrets: [SECRET], atS: SENT_S });

function accepts({
  signature = SIGNATURE,
  body = BODY,
  secrets = [SECRET],
  nowS = SENT_S,
}: {
  signature?: string | undefined;
  body?: string;
  secrets?: string[];
  nowS?: number;
}): boolean {
  return isFromStripe({ signature, body }, { secrets, nowMs: nowS * 1_000 });
}

describe('a webhook', () => {
  it('is from Stripe where one of its signatures is by one of our secrets', () => {
    expect(accepts({ signature: OFFICIAL })).toBe(true);
    expect(SIGNATURE).toBe(OFFICIAL);
    expect(accepts({ secrets: ['whsec_old', SECRET] })).toBe(true);
    const both = signatureHeader(BODY, { secrets: ['whsec_other', SECRET], atS: SENT_S });
    expect(accepts({ signature: both })).toBe(true);
    expect(accepts({ signature: SIGNATURE.replace(',', ', v0=abc, ') })).toBe(true);
  });

  it.each([
    ['another body', { body: `${BODY} ` }],
    ['another secret', { secrets: ['whsec_old'] }],
    ['no secret', { secrets: [] }],
    ['no signature', { signature: '' }],
    ['another time', { signature: SIGNATURE.replace(String(SENT_S), String(SENT_S + 1)) }],
    ['two times', { signature: `t=${SENT_S + 1},${SIGNATURE}` }],
    ['no time', { signature: SIGNATURE.replace(/t=\d+,/, '') }],
    ['a time that is no number', { signature: SIGNATURE.replace(/t=\d+/, 't=now') }],
    ['an older scheme', { signature: SIGNATURE.replace('v1=', 'v0=') }],
    ['a short signature', { signature: SIGNATURE.slice(0, -2) }],
    ['a long signature', { signature: `${SIGNATURE}00` }],
    ['another encoding', { signature: SIGNATURE.toUpperCase().replace('T=', 't=') }],
    ['a long header', { signature: `${'v0=a,'.repeat(500)}${SIGNATURE}` }],
    [
      'its signature behind many',
      { signature: SIGNATURE.replace(',', `,${`v1=${'0'.repeat(64)},`.repeat(10)}`) },
    ],
  ])('is not with %s', (_what, changed) => {
    expect(accepts(changed)).toBe(false);
  });

  it('is not without its header', () => {
    const asked = { secrets: [SECRET], nowMs: SENT_S * 1_000 };
    expect(isFromStripe({ signature: undefined, body: BODY }, asked)).toBe(false);
  });

  it('is good for five minutes, to both sides', () => {
    for (const s of [-300, 300]) expect(accepts({ nowS: SENT_S + s })).toBe(true);
    for (const s of [-301, 301]) expect(accepts({ nowS: SENT_S + s })).toBe(false);
  });
});

describe('the body of a webhook', () => {
  it('names what happened, and to what', () => {
    const object = { object: 'payment_intent', id: 'pi_1', status: 'whatever' };
    const event = { id: 'evt_1', type: 'payment_intent.succeeded', created: SENT_S };
    expect(eventIn(JSON.stringify({ ...event, data: { object } }))).toEqual({
      eventId: 'evt_1',
      kind: 'payment_intent.succeeded',
      createdAtMs: SENT_S * 1_000,
      about: { kind: 'payment', id: 'pi_1' },
    });
  });

  it('is about nothing where it says what another event says too', () => {
    const object = { object: 'charge', id: 'ch_1', payment_intent: 'pi_1' };
    const about = (type: string) =>
      eventIn(JSON.stringify({ id: 'evt_1', type, created: SENT_S, data: { object } }))?.about;
    expect(about('charge.captured')).toBeUndefined();
    expect(about('payment_intent.amount_capturable_updated')).toBeUndefined();
    expect(about('charge.expired')).toEqual({ kind: 'payment', id: 'pi_1' });
  });

  it('is about something in each kind that Stripe is asked for, which the docs name', () => {
    const object = { object: 'checkout.session', id: 'cs_1' };
    for (const type of EVENTS_WANTED) {
      const body = JSON.stringify({ id: 'evt_1', type, created: SENT_S, data: { object } });
      expect(eventIn(body)?.about).toEqual({ kind: 'session', id: 'cs_1' });
    }
    const docs = readFileSync(new URL('../../../docs/deployment.md', import.meta.url), 'utf8');
    const named = docs.match(/`(?:checkout|payment_intent|charge|refund)\.[a-z_.]+`/g) ?? [];
    expect(named.map((word) => word.slice(1, -1)).toSorted()).toEqual(EVENTS_WANTED.toSorted());
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    BODY,
    '{"id":"evt_1","type":"A b","created":1,"data":{"object":{}}}',
  ])('is no event as %s', (body) => {
    expect(eventIn(body)).toBeUndefined();
  });
});
