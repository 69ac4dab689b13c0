/** How an event is planned as a draw or with a waitlist, in German. */
import type { QUEUE_PLAN_EN } from './queue-en.ts';

export const QUEUE_PLAN_DE: typeof QUEUE_PLAN_EN = {
  formats: { first_come: 'Wer zuerst kommt', draw: 'Verlosung' },
  formatHints: {
    first_come: 'Der Verkauf öffnet zu seiner Zeit, und wer zuerst drückt, kauft zuerst.',
    draw: 'Man trägt sich vor dem Start ein. Dann wird die Reihenfolge ausgelost, und der Reihe nach bekommt jede Person ein Angebot, das für sie gehalten wird: Niemand muss schnell sein. Das Event öffnet zu seiner Zeit und nicht von Hand.',
  },
  entriesClose: (time) =>
    `Einträge sind bis ${time} möglich. Wer sich später einträgt, kommt hinter alle anderen.`,
  entriesCloseBefore:
    'Die Einträge schließen einige Sekunden vor dem Start. Wer sich später einträgt, kommt hinter alle anderen.',
  waitlistHints: {
    first_come:
      'Sobald alles verkauft oder reserviert ist, kann man sich anstellen. Ein Stück, das zurückkommt oder das du hinzufügst, wird der Person angeboten, die am längsten wartet.',
    draw: 'Man kann sich auch nach dem Start noch eintragen, hinter allen Ausgelosten.',
  },
  offerHint: 'So lange wird ein Angebot aus der Warteschlange gehalten: 30 bis 86.400 (ein Tag).',
  queued: 'In der Warteschlange stehen schon Leute.',
  mayChange:
    'Nur Texte, die Reihenfolge der Artikel, ein späteres Ende, mehr Stück und höhere Limits lassen sich noch ändern.',
  onlyMore: 'Die Gesamtzahl kann nur steigen.',
};
