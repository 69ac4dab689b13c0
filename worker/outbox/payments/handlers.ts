/** Who works off the rows of the outbox that are about payments. */
import { capture } from './capture.ts';
import type { PaymentPorts } from './ports.ts';
import { refund } from './refund.ts';
import { release } from './release.ts';

export function createPaymentHandlers(ports: PaymentPorts) {
  return {
    'payment.capture': (row: Parameters<typeof capture>[1]) => capture(ports, row),
    'payment.release': (row: Parameters<typeof release>[1]) => release(ports, row),
    'payment.refund': (row: Parameters<typeof refund>[1]) => refund(ports, row),
  };
}
