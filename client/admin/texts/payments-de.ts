/** How a sale is paid for, in German. Must hold texts only. */
import { number } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const PAYMENTS_DE: AdminTexts['payments'] = {
  attention: {
    title: 'Zahlungen, die dich brauchen',
    late: (count) =>
      `${count === 1 ? 'Eine Zahlung lässt' : `${number(count)} Zahlungen lassen`} sich seit über einer Stunde nicht einziehen. Es wird jede Stunde noch einmal versucht, bis die Zeit dafür um ist.`,
    failed: (count) =>
      `${count === 1 ? 'Eine Zahlung ließ' : `${number(count)} Zahlungen ließen`} sich in den letzten 14 Tagen nicht einziehen. Die Stücke sind zurück im Verkauf, und abgebucht wurde nichts: Kläre mit der Kundin oder dem Kunden, wie es weitergeht.`,
    owed: (count) =>
      `${count === 1 ? 'Eine Erstattung oder Freigabe ist' : `${number(count)} Erstattungen oder Freigaben sind`} endgültig gescheitert, so wird fremdes Geld behalten. Sieh beim Zahlungsdienst nach und lass es dann noch einmal versuchen.`,
    disputed: (count, time) =>
      `${count === 1 ? 'Eine Zahlung wird' : `${number(count)} Zahlungen werden`} bei der Bank angefochten. Antworte beim Zahlungsdienst bis ${time}, sonst ist das Geld verloren.`,
    show: 'Ansehen',
    showOrder: 'Bestellung ansehen',
  },
  kinds: { online: 'Online', none: 'Nicht hier' },
  hints: {
    online:
      'Wer ein Stück reserviert hat, bezahlt es, bevor die Zeit abläuft, und die Zahlung bestätigt die Bestellung. Niemand bezahlt für ein Stück, das sie oder er nicht bekommt. Was nichts kostet, wird ohne Zahlung bestätigt.',
    none: 'Wer ein Stück reserviert hat, bestätigt die Bestellung mit einem Knopf. Der Shop nimmt kein Geld ein.',
  },
  barred: 'Hier nicht möglich: Dieser Shop hat keinen Zahlungsdienst.',
};
