/** Requests of the hosted page: what a shopper's browser asks, and what it is answered. */
import type { ApiAnswer } from './api.ts';
import { authenticate, type Paid, pay } from './checkout.ts';
import { isMethod } from './methods.ts';
import type { SessionRecord } from './objects.ts';
import { pageOf, type View } from './page.ts';
import { isSessionFault } from './session-faults.ts';
import type { World } from './world.ts';

export const PAGE_PATH = '/c/pay/';

export function answerPage(
  world: World,
  { method, path, body }: { method: string; path: string; body: string },
): ApiAnswer {
  const record = world.state.sessions.get(path.slice(PAGE_PATH.length));
  if (record === undefined) return plain(404, 'There is no such page.');
  if (method === 'GET') return html(200, record, viewOf(world, record));
  if (method !== 'POST') return plain(405, 'GET or POST');
  if (record.object.status === 'open' && isWaiting(record)) {
    return html(200, record, { kind: 'wait' });
  }
  const form = new URLSearchParams(body);
  const answered = form.get('authentication');
  if (answered !== null) return next(record, authenticate(world, record, answered === 'confirmed'));
  const fault = form.get('fault') ?? 'none';
  if (!isSessionFault(fault)) return plain(400, `There is no fault called ${fault}.`);
  const by = form.get('method') ?? 'card';
  if (!isMethod(by) || !record.object.payment_method_types.includes(by)) {
    return plain(400, `One cannot pay by ${by} here.`);
  }
  const cardNumber = form.get('card') ?? '';
  return next(record, pay(world, record, { cardNumber, fault, method: by }));
}

function viewOf({ state }: World, record: SessionRecord): View {
  const { status, payment_intent: intentId } = record.object;
  if (status === 'complete') return { kind: 'paid' };
  if (status === 'expired') return { kind: 'over' };
  if (record.method !== undefined) return { kind: 'authenticate' };
  if (record.cardNumber !== undefined) return { kind: isWaiting(record) ? 'wait' : 'authenticate' };
  const error = state.intents.get(intentId ?? '')?.object.last_payment_error?.message;
  return error === undefined ? { kind: 'form' } : { kind: 'form', error };
}

function isWaiting({ cardNumber, fault }: SessionRecord): boolean {
  return cardNumber !== undefined && fault === 'authentication_slow';
}

function next(record: SessionRecord, paid: Paid): ApiAnswer {
  switch (paid.kind) {
    case 'paid': {
      if (record.fault === 'no_return') return html(200, record, { kind: 'paid' });
      const { success_url: url, id } = record.object;
      const location = url.replaceAll('{CHECKOUT_SESSION_ID}', id);
      return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
    }
    case 'declined':
      return html(402, record, { kind: 'form', error: paid.message });
    case 'authenticate':
      return html(200, record, { kind: paid.isSlow ? 'wait' : 'authenticate' });
    case 'over':
      return html(409, record, { kind: record.object.status === 'complete' ? 'paid' : 'over' });
    default:
      return paid satisfies never;
  }
}

function html(status: number, record: SessionRecord, view: View): ApiAnswer {
  // A browser holds the address that it is sent on to after a form against `form-action`, too.
  const shop = new URL(record.object.success_url).origin;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${shop}; frame-ancestors 'none'`,
      'referrer-policy': 'same-origin',
    },
    body: pageOf(record, view),
  };
}

function plain(status: number, body: string): ApiAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
