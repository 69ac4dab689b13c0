/** What the screens of the legal pages say, in German. */
import { number } from '../../texts/numbers.ts';
import type { Worded } from '../../texts/texts.ts';
import type { LEGAL_EN } from './legal-en.ts';

export const LEGAL_DE: Worded<typeof LEGAL_EN> = {
  title: 'Rechtstexte',
  lead: 'Am Ende jeder Seite des Shops verlinkt, sobald es sie gibt. Eine Änderung ist dort nach spätestens 20 Sekunden zu sehen.',
  missing: 'Fehlt',
  otherShown: 'Fehlt: stattdessen wird die andere Sprache gezeigt',
  changed: (time) => `Geändert ${time}`,
  editing: (page, language) => `${page}, ${language}`,
  text: 'Inhalt',
  hint: (max) =>
    `Markdown, bis zu ${number(max)} Zeichen: # für eine Überschrift, - für eine Liste, **fett**, [Wörter](https://…) oder <name@example.com> für einen Link. Ein Zeilenumbruch bleibt einer. HTML und Bilder sind nicht möglich.`,
  preview: 'Vorschau',
  show: 'Vorschau zeigen',
  remove: 'Diesen Text löschen',
  removeAsk: 'Diesen Text löschen?',
  removeBody: 'Er verschwindet aus dem Shop, und seine Wörter lassen sich nicht zurückholen.',
  see: 'Im Shop ansehen',
  allPages: 'Alle Rechtstexte',
  attention: 'Rechtstexte fehlen',
  attentionBody: (pages) =>
    `${pages}. In vielen Ländern muss ein Shop sie haben, bevor er verkauft.`,
  attentionAction: 'Jetzt schreiben',
  written: (text) => `Rechtstext geschrieben: ${text}`,
  deleted: (text) => `Rechtstext gelöscht: ${text}`,
};
