/** Who sees an event and may buy from it, and whose address is confirmed, in German. */
import { REPORT_DE } from '../../texts/report/de.ts';
import type { CONDITIONS_EN } from './conditions-en.ts';

export const CONDITIONS_DE: typeof CONDITIONS_EN = {
  reportWords: REPORT_DE,
  holdSeconds: 'Reservierungszeit in Sekunden',
  holdHint: 'So lange wartet ein reserviertes Stück auf die Bestätigung: 5 bis 1.800.',
  admission: 'Wer zuerst kaufen darf',
  waitlist: 'Warteliste',
  offerSeconds: 'Angebotszeit in Sekunden',
  published: 'Veröffentlicht',
  requireVerifiedEmail: 'Nur für bestätigte E-Mail-Adressen',
  oneLimitPerMailbox: 'Ein Limit für alle Adressen eines Postfachs',
  report: 'Bericht',
  reportLink: 'Den Bericht lesen',
  reportAddress: 'Alle lesen ihn hier:',
  reportLater: 'Alle können ihn lesen, sobald der Drop vorbei ist.',
  reportOfDraft: 'Alle können ihn lesen, sobald der Drop veröffentlicht und vorbei ist.',
  reportPublic: 'Öffentlicher Bericht',
  reportPublicHint:
    'Nach dem Ende des Drops dürfen alle lesen, was aus Stücken, Reservierungen und Warteliste wurde. Lässt sich jederzeit ändern.',
  payment: 'Bezahlung',
  conditions: {
    title: 'Wer kaufen darf',
    verifiedHint:
      'Wer den Link aus unserer E-Mail nicht geöffnet hat, wird abgelehnt. Die Seite des Drops sagt das.',
    verifiedBarred:
      'Geht hier nicht: Dieser Shop verschickt keine E-Mails, also könnte niemand eine Adresse bestätigen.',
    mailboxHint:
      'Zählt alle Konten eines Postfachs zusammen, etwa name+1@ und name+2@. Schaltet auch bestätigte Adressen ein: sonst können Fremde das Limit von jemandem verbrauchen. Die Seite des Drops sagt das.',
    mailboxBarred:
      'Geht hier nicht: Das braucht bestätigte Adressen, und dieser Shop verschickt keine E-Mails.',
  },
  verified: { true: 'Adresse bestätigt', false: 'Adresse nicht bestätigt' },
};
