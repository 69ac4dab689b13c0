/** Events, for those whose webhook was lost. */
import type { PaymentProvider } from '../provider.ts';
import { pageOf, rangeParams, valueIn } from './answers.ts';
import { callStripe, type StripePorts } from './call.ts';
import { eventSchema, listOf } from './objects.ts';
import { eventOf } from './states.ts';

type Calls = Pick<PaymentProvider, 'listEvents' | 'tellsOfCapture'>;

export function eventCalls(ports: StripePorts): Calls {
  return {
    tellsOfCapture: (kind) => kind === 'payment_intent.succeeded',

    async listEvents(range) {
      const answer = await callStripe(ports, { path: '/v1/events', params: rangeParams(range) });
      return pageOf(valueIn(listOf(eventSchema), answer), eventOf);
    },
  };
}
