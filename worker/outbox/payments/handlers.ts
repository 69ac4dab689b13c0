/** Who works off the rows of the outbox that are about payments. */
import type { LookNeeds } from '../../paying/look-at-payment.ts';
import { capture } from './capture.ts';
import { createEventLine } from './event-line.ts';
import { look } from './look.ts';
import type { PaymentHandlers } from './payment-handlers.ts';
import type { PaymentPorts } from './ports.ts';
import type { ReadAhead } from './read-ahead.ts';
import { refund } from './refund.ts';
import { release } from './release.ts';

type Given = LookNeeds & Pick<PaymentPorts, 'fillRandom'> & { ahead?: ReadAhead };

/** @param given `ahead` where rows are leased several at once. */
export function createPaymentHandlers({ ahead, ...given }: Given): PaymentHandlers {
  const ports = { ...given, ...createEventLine(given.sale) };
  return {
    'payment.capture': (row) => capture(ports, row, ahead?.paymentOf(row)),
    'payment.release': (row) => release(ports, row),
    'payment.refund': (row) => refund(ports, row),
    'payment.look': (row) => look(ports, row, ahead?.eventOf(row)),
  };
}
