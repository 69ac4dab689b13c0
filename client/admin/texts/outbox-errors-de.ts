/** Why something of the outbox was not done, in German. */

const WORDS: Readonly<Record<string, string>> = {
  recipient_suppressed: 'An diese Adresse wird nichts geschickt',
  recipient_refused: 'Die Adresse wurde abgelehnt',
  bounced: 'Die Mail kam zurück',
  account_gone: 'Das Konto ist gelöscht',
  address_changed: 'Die Adresse ist inzwischen eine andere',
  not_needed: 'Nicht mehr nötig',
  turned_off: 'Die Erinnerung wurde abgeschaltet',
  withdrawn: 'Durch eine neuere ersetzt',
  event_moved: 'Das Event hat eine andere Zeit',
  no_adapter: 'Der Shop verschickt keine Mail',
  no_answer: 'Keine Antwort',
  timeout: 'Keine Antwort in der Zeit',
  threw: 'Es brach ab',
  no_result: 'Es brach ab',
  too_old: 'Zu spät',
  too_late: 'Zu spät',
  payment_gone: 'Die Zahlung gibt es nicht',
  payment_released: 'Die Zahlung wurde freigegeben',
  order_paid: 'Die Bestellung ist bezahlt',
  refunded: 'Das Geld wurde erstattet',
  declined: 'Die Bank hat abgelehnt',
  not_captured: 'Das Geld wurde nicht eingezogen',
  not_authorised: 'Die Zahlung ist nicht autorisiert',
  disputed: 'Die Zahlung ist angefochten',
  unknown: 'Der Zahlungsdienst kennt sie nicht',
  open: 'Die Zahlungsseite ist noch offen',
  processing: 'Die Zahlung läuft noch',
  pending: 'Der Zahlungsdienst arbeitet noch',
  changing: 'Die Zahlung ändert sich gerade',
};

/** @param code a stable word; one that is not known is shown as it is */
export function outboxErrorDE(code: string): string {
  if (Object.hasOwn(WORDS, code)) return WORDS[code] ?? code;
  const status = /^status_(\d+)$/.exec(code)?.[1];
  return status === undefined ? `Fehler: ${code}` : `Der Empfänger antwortete mit Fehler ${status}`;
}
