/** The payment provider Stripe, over its HTTP API. Decides nothing about orders, and tries nothing again. */
import type { PaymentProvider } from '../provider.ts';
import type { StripePorts } from './call.ts';
import { disputeCalls } from './dispute-calls.ts';
import { eventCalls } from './event-calls.ts';
import { amountFault } from './payable.ts';
import { paymentCalls } from './payment-calls.ts';
import { refundCalls } from './refund-calls.ts';
import { sessionCalls } from './session-calls.ts';

export function createStripe(ports: StripePorts): PaymentProvider {
  return {
    amountFault,
    ...sessionCalls(ports),
    ...paymentCalls(ports),
    ...refundCalls(ports),
    ...disputeCalls(ports),
    ...eventCalls(ports),
  };
}
