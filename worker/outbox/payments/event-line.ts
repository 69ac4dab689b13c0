/** What those who work on payments ask of an event's line. */
import { decidedInLine, type EventLine } from '../../paying/event-line.ts';
import type { PaymentPorts } from './ports.ts';

export function createEventLine(
  line: EventLine,
): Pick<PaymentPorts, 'confirmPaid' | 'returnUnits'> {
  return {
    confirmPaid: async ({ orderId, customerId, paymentId }) => {
      const what = { kind: 'confirm_paid', orderId, customerId, paymentId } as const;
      return (await decidedInLine(line, what)).ok;
    },
    // Refused where the order has nothing to give back any more.
    returnUnits: async ({ orderId, customerId, ...what }) => {
      const of = 'refundId' in what ? { refundId: what.refundId } : { paymentId: what.paymentId };
      await decidedInLine(line, { kind: 'return_units', orderId, customerId, ...of });
    },
  };
}
