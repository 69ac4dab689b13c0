/** Payments: read, found, captured and released. */
import type { Outcome, Payment, PaymentProvider } from '../provider.ts';
import {
  done,
  foundIn,
  PAGE_ENTRIES_MAX,
  pageOf,
  pathOf,
  rangeParams,
  refused,
  rejected,
  valueIn,
} from './answers.ts';
import { type Answer, callStripe, read, type StripePorts } from './call.ts';
import { intentSchema, listOf } from './objects.ts';
import { paymentOf } from './states.ts';

const PATH = '/v1/payment_intents';
const EXPAND = ['latest_charge'];
const EXPAND_EACH = ['data.latest_charge'];
/** Of a capture or a cancellation that an authorisation would have to be there for. */
const NO_AUTHORISATION: ReadonlySet<string> = new Set([
  'charge_already_captured',
  'charge_expired_for_capture',
  'payment_intent_unexpected_state',
]);

type Calls = Pick<
  PaymentProvider,
  'capture' | 'findPayments' | 'listPayments' | 'readPayment' | 'release'
>;

export function paymentCalls(ports: StripePorts): Calls {
  const change = (paymentId: string, action: string, key: string) =>
    callStripe(ports, { path: pathOf(PATH, paymentId, action), params: { expand: EXPAND }, key });

  return {
    async readPayment(paymentId) {
      const path = pathOf(PATH, paymentId);
      const intent = foundIn(
        intentSchema,
        await callStripe(ports, { path, params: { expand: EXPAND } }),
      );
      return intent === undefined ? undefined : paymentOf(intent);
    },

    async capture(paymentId, key) {
      const answer = await change(paymentId, 'capture', key);
      return answer.refused?.status === 402 ? refused('declined') : outcomeOf(answer);
    },

    async release(paymentId, key) {
      return outcomeOf(await change(paymentId, 'cancel', key));
    },

    async findPayments(attemptId) {
      const query = `metadata["attemptId"]:"${attemptId.replaceAll(/["\\]/g, '')}"`;
      const params = { query, limit: PAGE_ENTRIES_MAX, expand: EXPAND_EACH };
      const answer = await callStripe(ports, { path: `${PATH}/search`, params });
      return valueIn(listOf(intentSchema), answer).data.map(paymentOf);
    },

    async listPayments(range) {
      const params = { ...rangeParams(range), expand: EXPAND_EACH };
      const answer = await callStripe(ports, { path: PATH, params });
      return pageOf(valueIn(listOf(intentSchema), answer), paymentOf);
    },
  };
}

function outcomeOf(answer: Answer): Outcome<Payment, 'not_authorised' | 'unknown'> {
  if (answer.refused === undefined) return done(paymentOf(read(intentSchema, answer.json)));
  if (answer.refused.status === 404) return refused('unknown');
  if (NO_AUTHORISATION.has(answer.refused.code ?? '')) return refused('not_authorised');
  throw rejected(answer.refused);
}
