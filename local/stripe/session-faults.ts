/** Faults that a shopper picks on the page of a session, for that session only. Pure. */

export const SESSION_FAULTS = {
  none: 'kein Fehler / no fault',
  webhook_delayed: 'Webhook kommt spät / webhook is late',
  webhook_twice: 'Webhook kommt zweimal / webhook comes twice',
  webhook_disordered: 'Webhooks in falscher Reihenfolge / webhooks out of order',
  webhook_lost: 'Webhook geht verloren / webhook is lost',
  authentication_slow:
    'Bestätigung dauert länger als die Reservierung / authentication outlasts the hold',
  no_return: 'Käufer kommt nicht zurück / shopper does not return',
  payment_delayed:
    'Geld kommt erst in drei Tagen, wie bei einer Lastschrift / the money comes in three days, as by direct debit',
  payment_delayed_fails:
    'Geld kommt nach drei Tagen doch nicht / the money does not come after three days',
  capture_declined: 'Abbuchung wird abgelehnt / capture is declined',
} as const;

export type SessionFault = keyof typeof SESSION_FAULTS;

export function isSessionFault(name: string): name is SessionFault {
  return Object.hasOwn(SESSION_FAULTS, name);
}
