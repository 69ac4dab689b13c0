/** Checkout sessions: begun, read and ended. */
import type { PaymentProvider, PaymentSession } from '../provider.ts';
import { done, foundIn, pathOf, refused, rejected } from './answers.ts';
import { callStripe, read, type StripePorts } from './call.ts';
import { sessionSchema } from './objects.ts';
import { sessionParams } from './session-params.ts';
import { sessionOf } from './states.ts';

const PATH = '/v1/checkout/sessions';
const EXPAND = ['payment_intent.latest_charge'];

type Calls = Pick<PaymentProvider, 'createSession' | 'expireSession' | 'readSession'>;

export function sessionCalls(ports: StripePorts): Calls {
  async function readSession(sessionId: string): Promise<PaymentSession | undefined> {
    const path = pathOf(PATH, sessionId);
    const session = foundIn(
      sessionSchema,
      await callStripe(ports, { path, params: { expand: EXPAND } }),
    );
    return session === undefined ? undefined : sessionOf(session);
  }

  return {
    readSession,

    async createSession(plan, key) {
      const planned = sessionParams(plan, ports);
      if (planned === undefined) return refused('amount_not_payable');
      const params = { ...planned, expand: EXPAND };
      const answer = await callStripe(ports, { path: PATH, params, key });
      if (answer.refused === undefined) return done(sessionOf(read(sessionSchema, answer.json)));
      const { code, param } = answer.refused;
      if (code === 'amount_too_small' || code === 'amount_too_large') return refused(code);
      if (param?.endsWith('[currency]')) return refused('currency_not_payable');
      if (param?.endsWith('[unit_amount]')) return refused('amount_not_payable');
      throw rejected(answer.refused);
    },

    async expireSession(sessionId, key) {
      const path = pathOf(PATH, sessionId, 'expire');
      const answer = await callStripe(ports, { path, params: { expand: EXPAND }, key });
      if (answer.refused === undefined) return done(sessionOf(read(sessionSchema, answer.json)));
      if (answer.refused.status === 404) return refused('unknown');
      // Stripe has no code for it; what the session is now decides.
      const present = await readSession(sessionId);
      if (present?.url !== undefined) throw rejected(answer.refused);
      return refused('session_over');
    },
  };
}
