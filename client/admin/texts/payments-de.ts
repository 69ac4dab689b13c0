/** How a sale is paid for, in German. Must hold texts only. */
import type { AdminTexts } from './texts.ts';

export const PAYMENTS_DE: AdminTexts['payments'] = {
  kinds: { online: 'Online', none: 'Nicht hier' },
  hints: {
    online:
      'Wer ein Stück reserviert hat, bezahlt es, bevor die Zeit abläuft, und die Zahlung bestätigt die Bestellung. Niemand bezahlt für ein Stück, das sie oder er nicht bekommt. Was nichts kostet, wird ohne Zahlung bestätigt.',
    none: 'Wer ein Stück reserviert hat, bestätigt die Bestellung mit einem Knopf. Der Shop nimmt kein Geld ein.',
  },
  barred: 'Hier nicht möglich: Dieser Shop hat keinen Zahlungsdienst.',
};
