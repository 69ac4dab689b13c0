/** Why something of the outbox was not done, in English. */

const WORDS: Readonly<Record<string, string>> = {
  recipient_suppressed: 'Nothing is sent to this address',
  recipient_refused: 'The address was refused',
  bounced: 'The mail came back',
  account_gone: 'The account is deleted',
  address_changed: 'The address is another by now',
  not_needed: 'Not needed any more',
  turned_off: 'The reminder was turned off',
  withdrawn: 'Replaced by a newer one',
  event_moved: 'The event has another time',
  no_adapter: 'The shop sends no mail',
  no_answer: 'No answer',
  timeout: 'No answer in time',
  threw: 'It broke off',
  no_result: 'It broke off',
  too_old: 'Too late',
  too_late: 'Too late',
  payment_gone: 'The payment is not there',
  payment_released: 'The payment was let go',
  order_paid: 'The order is paid',
  refunded: 'The money was given back',
  declined: 'The bank declined',
  not_captured: 'The money was not taken',
  not_authorised: 'The payment is not authorised',
  disputed: 'The payment is disputed',
  unknown: 'The payment provider does not know it',
  open: 'The payment page is still open',
  processing: 'The payment is under way',
  pending: 'The payment provider is at work',
  changing: 'The payment is changing',
};

/** @param code a stable word; one that is not known is shown as it is */
export function outboxErrorEN(code: string): string {
  if (Object.hasOwn(WORDS, code)) return WORDS[code] ?? code;
  const status = /^status_(\d+)$/.exec(code)?.[1];
  return status === undefined ? `Error: ${code}` : `The receiver answered with error ${status}`;
}
