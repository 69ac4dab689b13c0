/** An event from its draft to its end: checked, published, planned once more, corrected, deleted. In German. */
import { number, plural } from '../../texts/numbers.ts';
import type { AdminTexts } from './texts.ts';

export const LIFECYCLE_DE: AdminTexts['lifecycle'] = {
  draft: {
    title: 'Entwurf: Niemand sieht ihn',
    body: 'Nur Admins sehen ihn, und er öffnet nie von selbst. Nächste Schritte:',
    check: 'Prüfen und veröffentlichen',
  },
  created: 'Der Entwurf ist gespeichert. Noch sieht ihn niemand.',
  saveDraft: 'Als Entwurf speichern',
  templates: {
    title: 'Mit einem üblichen Format beginnen',
    hint: 'Ein Format füllt Zeiten und Regeln aus. Danach kannst du alles ändern.',
    names: {
      first_come: 'Wer zuerst kommt: eine Stunde',
      draw: 'Verlosung: drei Tage zum Teilnehmen',
      waves: 'In Wellen: eine Woche',
    },
    hints: {
      first_come: 'Öffnet zu seiner Zeit. Wer zuerst drückt, kauft zuerst. Andere können warten.',
      draw: 'Vor der Öffnung nehmen Leute teil, dann werden die Plätze ausgelost. Ein Limit pro Postfach, wenn der Shop E-Mails verschickt.',
      waves:
        'Beginne mit einem Teil der Stücke. Gib weitere frei, während es läuft, so oft du willst: Wer wartet, bekommt sie zuerst angeboten.',
    },
    filled: (name) => `Ausgefüllt: ${name}.`,
  },
  publish: {
    title: 'Prüfen und veröffentlichen',
    lead: 'Das werden alle sehen und bekommen. Lies jede Zeile, bevor du veröffentlichst.',
    checks: 'Prüfliste',
    action: 'Veröffentlichen',
    done: 'Das Event ist veröffentlicht. Jetzt sehen es alle.',
    already: 'Dieses Event ist schon veröffentlicht.',
    states: { good: 'In Ordnung', look: 'Bitte prüfen', wrong: 'Muss geändert werden' },
    blocked:
      'Ändere zuerst, was als „Muss geändert werden“ markiert ist. Dann kannst du veröffentlichen.',
    refused: 'Das steht im Weg:',
    when: (there, utc) => `${there} = ${utc}`,
    lines: {
      state: 'Zustand',
      description: 'Beschreibung',
      pictures: 'Titelbild',
      delivery: 'Lieferung',
      payment: 'Zahlung',
      admission: 'Wer zuerst kaufen darf',
      buyers: 'Wer kaufen darf',
      legal: 'Rechtstexte',
    },
    item: (price, units, limit) =>
      `${price}, ${number(units)} Stück, höchstens ${number(limit)} pro Person`,
    pictures: (count) => plural(count, 'Bild', 'Bilder'),
    noPicture: 'Es gibt kein Bild.',
    noUnits: 'Es gibt kein Stück, also kann niemand kaufen.',
    wideLimit: 'Eine Person kann alles kaufen.',
    noDescription: 'Es gibt keine Beschreibung.',
    described: 'Es gibt eine Beschreibung.',
    noCover: 'Kein Titelbild. Stattdessen wird das erste Bild eines Artikels gezeigt.',
    cover: 'Es gibt ein Titelbild.',
    unasked: 'Niemand wird nach einer Adresse gefragt.',
    everywhere: 'Es wird nach einer Adresse gefragt. Geliefert wird überallhin, kostenlos.',
    asked: (groups) => `Es wird nach einer Adresse gefragt. ${groups}`,
    online: 'Es wird online bezahlt.',
    noProvider: 'Es soll online bezahlt werden, aber dieser Shop hat keinen Zahlungsanbieter.',
    unpaid: 'Der Shop nimmt kein Geld: Käufer bestätigen mit einem Klick und zahlen dir anderswo.',
    free: 'Alles ist kostenlos.',
    firstCome: 'Wer zuerst kommt, kauft zuerst.',
    draw: (closes) =>
      `Eine Verlosung. Die Teilnahme endet ${closes}. Die Reihenfolge kommt von einer öffentlichen Zufallszahl, die vorher niemand kennt. So können alle sie prüfen.`,
    entriesOver: 'Die Teilnahme wäre schon zu Ende. Wähle eine spätere Öffnung.',
    everybody: 'Alle mit einem Konto.',
    verified: 'Nur wer eine bestätigte E-Mail-Adresse hat.',
    verifiedOnce: 'Nur wer eine bestätigte E-Mail-Adresse hat. Ein Limit pro Postfach.',
    noMail: 'Nur bestätigte Adressen dürfen kaufen, aber dieser Shop verschickt keine E-Mails.',
    legalThere: 'Alle Rechtstexte sind da.',
    legalMissing: (names) => `Es fehlen noch: ${names}`,
    closed: 'Es wurde von Hand geschlossen. Öffne es von Hand oder dupliziere es.',
    cancelled: 'Es wurde abgesagt. Dupliziere es, um es noch einmal zu planen.',
    edit: 'Event bearbeiten',
    editItem: 'Artikel bearbeiten',
    writeLegal: 'Rechtstexte schreiben',
  },
  preview: {
    action: 'Vorschau-Link kopieren',
    copied: 'Der Link ist kopiert.',
    notCopied: 'Dein Browser erlaubt kein Kopieren. Öffne die Vorschau und kopiere ihre Adresse.',
    until: (time) => `Wer ihn hat, sieht diesen Entwurf ohne Anmeldung, bis ${time}.`,
    open: 'Vorschau öffnen',
  },
  texts: {
    action: 'Texte und Titelbild korrigieren',
    title: 'Texte und Titelbild korrigieren',
    lead: 'Das lässt sich jederzeit korrigieren, auch während das Event läuft. Wer es gerade ansieht, sieht die Änderung innerhalb einer Minute, ohne die Seite neu zu laden. Preise, Bestand und Regeln bleiben, wie sie sind.',
    done: 'Die Texte sind korrigiert.',
    items: {
      title: 'Texte und Bilder der Artikel',
      body: 'Sie gehören zum Katalog und lassen sich dort jederzeit korrigieren:',
    },
  },
  unpublish: {
    action: 'Zurück zum Entwurf',
    ask: 'Dieses Event wieder zum Entwurf machen?',
    body: 'Dann sehen es nur noch Admins, und es öffnet nicht von selbst. Du kannst es wieder veröffentlichen.',
  },
  duplicate: {
    action: 'Duplizieren',
    ask: 'Dieses Event noch einmal planen',
    body: 'Die Kopie ist ein Entwurf mit denselben Artikeln, Preisen, Beständen und Regeln.',
    opens: 'Öffnet',
    hint: (zone) => `Nach den Uhren von ${zone}. Das Ende rückt mit.`,
    closes: (time) => `Dann schließt sie ${time}.`,
    ownClock: (time) => `Auf deiner Uhr beginnt es ${time}.`,
    make: 'Kopie anlegen',
    done: 'Die Kopie ist angelegt. Sie ist ein Entwurf: Noch sieht sie niemand.',
  },
  remove: {
    action: 'Löschen',
    ask: (title, isDraft) =>
      isDraft
        ? `Den Entwurf „${title}“ endgültig löschen?`
        : `Das Event „${title}“ endgültig löschen?`,
    body: (opens) =>
      `Geplanter Beginn: ${opens}. Die Seite, die Erinnerungen und die Links sind dann weg; die Artikel bleiben im Katalog. Das lässt sich nicht rückgängig machen.`,
    done: 'Das Event ist gelöscht.',
    used: 'Dieses Event lässt sich nicht mehr löschen: Jemand hat etwas reserviert oder gekauft, oder ist in der Schlange.',
  },
};
