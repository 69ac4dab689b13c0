import { expect, it } from 'vitest';
import { OUTBOX_KINDS } from '../contract/outbox.ts';
import { createKinds, kindsOfObject } from './kinds.ts';
import type { MailHandlers } from './mail/handlers.ts';
import type { PaymentHandlers } from './payments/payment-handlers.ts';
import type { PushHandlers } from './push/handlers.ts';

const erase = async () => ({ kind: 'done' }) as const;
const cancel = erase;
const mails = {} as MailHandlers;
const work = async () => ({ kind: 'done' }) as const;
const pushes: PushHandlers = { 'push.opens_soon': work, 'push.your_turn': work };
const payments: PaymentHandlers = {
  'payment.capture': work,
  'payment.release': work,
  'payment.refund': work,
  'payment.look': work,
};

it('every kind is worked off, mails within their quota and payments apart', () => {
  const kinds = createKinds({ mails, pushes, erase, cancel, payments });
  expect(Object.keys(kinds).toSorted()).toEqual(OUTBOX_KINDS.toSorted());
  for (const kind of OUTBOX_KINDS) {
    const [prefix = ''] = kind.split('.');
    const channel = ['account', 'event'].includes(prefix) ? 'own' : prefix;
    expect(kinds[kind]?.channel, kind).toBe(channel);
  }
});

it('one object works off the payments, and another one all else', () => {
  const kinds = createKinds({ mails, pushes, erase, cancel, payments });
  const ofPayments = Object.keys(kindsOfObject(kinds, true));
  expect(ofPayments.every((kind) => kind.startsWith('payment.'))).toBe(true);
  const all = [...ofPayments, ...Object.keys(kindsOfObject(kinds, false))];
  expect(all.toSorted()).toEqual(OUTBOX_KINDS.toSorted());
});

it('a shop that neither sends mails nor takes money works off what is left', () => {
  const kinds = createKinds({ mails: undefined, pushes, erase, cancel, payments: undefined });
  expect(Object.keys(kinds)).toEqual([
    'push.opens_soon',
    'push.your_turn',
    'account.erase',
    'event.cancel',
  ]);
});
