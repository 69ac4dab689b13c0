/** What those who work on payments ask of an event's line. */
import type { EventId } from '../../contract/ids.ts';
import { Fault } from '../../platform/faults.ts';
import type { Answer, Attempt, Refusal } from '../../sale/rules/attempts.ts';
import type { PaymentPorts } from './ports.ts';

/** The line did not decide, and may be asked again. */
const UNDECIDED: ReadonlySet<Refusal['code']> = new Set([
  'busy',
  'internal',
  'rate_limited',
  'unavailable',
]);

/** @param attempt puts an attempt into the line of an event. Throws a Fault. */
export function createEventLine(
  attempt: (eventId: EventId, attempt: Attempt) => Promise<Answer>,
): Pick<PaymentPorts, 'confirmPaid' | 'returnUnits'> {
  async function decided(eventId: EventId, what: Attempt): Promise<boolean> {
    const answer = await attempt(eventId, what);
    if (answer.ok) return true;
    const { code } = answer.refusal;
    if (UNDECIDED.has(code)) {
      throw new Fault(`the event's line did not decide: ${code}`, { retryable: true });
    }
    return false;
  }
  return {
    confirmPaid: ({ eventId, orderId, customerId, paymentId }) =>
      decided(eventId, { kind: 'confirm_paid', orderId, customerId, paymentId }),
    // Refused where the order has nothing to give back any more.
    returnUnits: async ({ eventId, orderId, customerId, ...what }) => {
      const of = 'refundId' in what ? { refundId: what.refundId } : { paymentId: what.paymentId };
      await decided(eventId, { kind: 'return_units', orderId, customerId, ...of });
    },
  };
}
