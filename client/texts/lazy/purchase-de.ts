/** What is told of a purchase after Buy, in German. Must hold texts only. */
import { number } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { PURCHASE_EN } from './purchase-en.ts';

export const PURCHASE_DE: Worded<typeof PURCHASE_EN> = {
  confirmFree: 'Bestellung bestätigen',
  confirmedTitle: 'Es gehört dir',
  confirmedBody: (quantity, total) => `${number(quantity)} bestätigt, zusammen ${total}.`,
  cancelledTitle: 'Freigegeben',
  cancelledBody:
    'Das Stück ist wieder im Verkauf. Anders überlegt? Kauf es noch einmal, solange der Vorrat reicht.',
  expiredTitle: 'Deine Reservierung ist abgelaufen',
  expiredBody: (time) => `Sie endete um ${time}, und das Stück ist wieder im Verkauf.`,
  ownUnits: (units) => `Du hast ${number(units)} gekauft`,
  ownUnitsAll: 'Mehr gibt es pro Person nicht.',
  nextRelease: (time) =>
    `Die nächste Reservierung endet um ${time}. Wird sie nicht bestätigt, kommt ein Stück zurück.`,
  orderCalled: (digits) => `Bestellung ${digits}`,
  soldOutCounts: ({ remaining, total, sold, held }) =>
    `${number(remaining)} von ${number(total)} übrig: ${number(sold)} verkauft, ${number(held)} reserviert.`,
  tooFewLeft: (count) =>
    `Nur noch ${number(count)} übrig. Nimm weniger und versuch es noch einmal.`,
  limitDetail: ({ limit, held, bought }) =>
    `Höchstens ${number(limit)}; du hast ${number(held)} reserviert und ${number(bought)} gekauft.`,
  paymentChecked: (time) =>
    `Deine Zeit für das letzte Stück lief ab, während du bezahlt hast, und diese Zahlung wird noch geprüft. Kommt sie nicht an, ist das Stück um ${time} wieder frei.`,
  nextReleaseIn: 'Nächste Freigabe in',
  nextReleaseNow: 'Eine Reservierung ist gerade abgelaufen: Vielleicht ist ein Stück wieder da.',
};
