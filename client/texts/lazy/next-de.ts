/** What one can do next, in German. Must hold texts only. */
import type { NEXT_EN } from './next-en.ts';

export const NEXT_DE: typeof NEXT_EN = {
  title: 'Und jetzt?',
  leads: {
    locked:
      'Es geht noch nicht los. Trag dir die Zeit in den Kalender ein, und melde dich vorher an: Dann musst du nur noch auf „Kaufen“ drücken.',
    reminding:
      'Es geht noch nicht los. Lass dich erinnern (oben), oder trag dir die Zeit in den Kalender ein. Melde dich vorher an: Dann musst du nur noch auf „Kaufen“ drücken.',
    draw: 'Es geht noch nicht los. Mach oben bei der Verlosung mit, solange das geht: Wie früh, ist egal.',
    live: 'Der Verkauf läuft gerade, solange etwas da ist.',
    waitlist:
      'Alles ist vergeben. Über die Warteliste bekommst du, was zurückkommt, in der Reihenfolge, in der ihr kamt.',
    waiting:
      'Du wartest in der Schlange. Du musst nicht hierbleiben: Bist du dran, erfährst du es überall im Shop.',
    sold_out:
      'Alles ist vergeben. Was zurückkommt, ist hier wieder zu haben, bis der Drop zu Ende ist.',
    closed: 'Dieser Drop ist vorbei.',
  },
  explained: {
    words: 'Was heißt „Drop“, „übrig“ und „reserviert“?',
    left: 'Übrig: Die hat niemand, du kannst sie kaufen.',
    held: 'Reserviert: Jemand hat auf „Kaufen“ gedrückt und ein paar Minuten Zeit zum Bestellen. So lange kann es niemand sonst kaufen. Was nicht rechtzeitig bestellt wird, kommt zurück.',
  },
  calendar: 'Start in den Kalender eintragen',
  toItems: 'Zu den Artikeln',
  toWaitlist: 'Zur Warteliste',
  toPlace: 'Zu deinem Platz',
  nextDrop: (time) => `Der nächste Drop beginnt ${time}:`,
  nextReminds: '– dort kannst du dich per E-Mail erinnern lassen.',
  otherDrops: 'Zu den anderen Drops',
  share: 'Teilen',
  shared: {
    copied: 'Der Link ist kopiert.',
    notCopied: 'Hier ist der Link zum Kopieren:',
  },
};
