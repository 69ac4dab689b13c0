/** What is told of disputes at a customer's bank, in German. Must hold texts only. */
import type { AdminTexts } from './texts.ts';

export const DISPUTES_DE: AdminTexts['order']['dispute'] = {
  title: 'Angefochtene Zahlung',
  states: {
    needs_answer: (amount) =>
      `Die Kundin oder der Kunde ficht ${amount} an; die Bank hat das Geld vorerst zurückgeholt.`,
    answered: (amount) =>
      `${amount} sind angefochten, und die Antwort ist gegeben. Die Bank entscheidet.`,
    inquiry: (amount) => `Die Bank fragt wegen ${amount} nach und hat nichts zurückgeholt.`,
    inquiry_answered: (amount) => `Die Frage der Bank wegen ${amount} ist beantwortet.`,
    closed: (amount) => `Die Anfechtung von ${amount} ist beendet, und nichts wurde zurückgeholt.`,
    won: (amount) => `Die Anfechtung ist gewonnen: ${amount} gehören euch.`,
    lost: (amount) =>
      `Die Anfechtung ist verloren: Die Kundin oder der Kunde hat ${amount} zurück. Die Stücke bleiben vergeben, bis du sie zurücknimmst.`,
  },
  answerBy: (time) => `Antworte bis ${time}.`,
  reason: (reason) => `Grund laut Bank: ${reason}`,
  reasons: {
    credit_not_processed: 'eine Erstattung kam nicht an',
    duplicate: 'doppelt abgebucht',
    fraudulent: 'wem die Karte gehört, weiß nichts davon',
    general: 'nicht angegeben',
    product_not_received: 'nicht erhalten',
    product_unacceptable: 'nicht wie beschrieben',
    unrecognized: 'auf der Abrechnung nicht erkannt',
  },
  page: 'Beim Zahlungsdienst antworten',
  barred: 'Solange die Zahlung angefochten ist, kann nichts erstattet werden.',
};
