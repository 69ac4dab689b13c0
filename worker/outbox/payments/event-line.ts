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

/** @param attempt puts an attempt into the line of an event. May throw. */
export function createEventLine(
  attempt: (eventId: EventId, attempt: Attempt) => Promise<Answer | undefined>,
): Pick<PaymentPorts, 'confirmPaid' | 'returnUnits'> {
  async function decided(eventId: EventId, what: Attempt): Promise<boolean> {
    const answer = await attempt(eventId, what);
    if (answer?.ok) return true;
    const code = answer?.refusal.code ?? 'internal';
    if (UNDECIDED.has(code)) {
      throw new Fault(`the event's line did not decide: ${code}`, { retryable: true });
    }
    return false;
  }
  return {
    confirmPaid: ({ eventId, ...of }) => decided(eventId, { kind: 'confirm_paid', ...of }),
    // Refused where the order has nothing to give back any more.
    returnUnits: async ({ eventId, ...of }) => {
      await decided(eventId, { kind: 'return_units', ...of });
    },
  };
}
