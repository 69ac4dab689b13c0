/** What a draw's page says, in German. Must hold texts only. */
import { number, plural } from '../../texts/numbers.ts';
import { FINDINGS_DE } from './findings-de.ts';
import type { DrawTexts } from './texts.ts';

export const DRAW_DE: DrawTexts = {
  title: (event) => `Die Verlosung: ${event}`,
  titleAlone: 'Die Verlosung',
  description: (event) =>
    `Wie bei ${event} verlost wird: alle Einträge, die Zufallsquelle, das Ergebnis und eine Prüfung in deinem Browser.`,

  states: {
    open: 'Noch kann man mitmachen. Wie viele dabei sind, sehen alle.',
    locked: (roundAt) => `Die Einträge sind geschlossen. Verlost wird ab ${roundAt}.`,
    waiting: (roundAt) =>
      `Seit ${roundAt} warten wir auf die Zufallsquelle. Egal wie lange es dauert: Eine andere Runde wird nicht genommen.`,
    drawn: (drawnAt) => `Verlost am ${drawnAt}.`,
    givenUp: (at) => `Diese Verlosung wurde am ${at} aufgegeben. Eine andere wird es nicht geben.`,
    nobody: 'Niemand hat mitgemacht, also gab es nichts zu verlosen.',
  },
  reasons: {
    cancelled: 'Das Event wurde abgesagt, bevor die Runde der Zufallsquelle fällig war.',
    beacon_silent: 'Die Zufallsquelle blieb eine Stunde lang stumm.',
    undrawn_at_end: 'Der Verkauf endete, bevor verlost werden konnte.',
  },
  refreshed: (seconds) => `Diese Seite fragt von selbst alle ${number(seconds)} Sekunden neu.`,
  localTitle: 'Lokale Zufallsquelle: beweist Außenstehenden nichts',
  localBody:
    'Die Zufallsquelle dieser Verlosung betreibt der Shop selbst und kennt ihre Zahlen vorher. Sie ist für Entwicklung und Proben da.',

  picture: (stage) => `Der Weg einer Verlosung. Jetzt: ${stage}`,
  stages: { entered: 'Einträge', locked: 'Schluss', beacon: 'Zufall', drawn: 'Verlost' },
  stageNow: {
    open: 'man kann mitmachen',
    locked: 'die Liste ist geschlossen',
    waiting_for_beacon: 'warten auf die Zufallsquelle',
    drawn: 'verlost',
    given_up: 'aufgegeben',
    nobody: 'niemand hat mitgemacht',
  },
  givenUpShort: 'Aufgegeben',

  stepsTitle: 'Was geschieht',
  step: {
    toStart: (round) =>
      `Sobald die erste Person mitmacht, legt der Shop Artikel, Zeiten und Runde ${number(round)} der Zufallsquelle fest.`,
    started: (round) =>
      `Als die erste Person mitmachte, legte der Shop Artikel, Zeiten und Runde ${number(round)} der Zufallsquelle fest.`,
    chain: (entries, left) =>
      `Bisher ${plural(entries, 'Eintrag', 'Einträge')}, davon ${number(left)} zurückgezogen: Jeder ist ein Datensatz mit dem Hash des vorigen.`,
    chained: (entries, left) =>
      `${plural(entries, 'Eintrag', 'Einträge')}, davon ${number(left)} zurückgezogen: Jeder ist ein Datensatz mit dem Hash des vorigen.`,
    toLock: (closes) =>
      `Am ${closes} wird die Liste geschlossen: Wer später kommt, steht hinter allen anderen.`,
    locked: (at) =>
      `Am ${at} wurde die Liste geschlossen: Wer später kam, steht hinter allen anderen.`,
    toBeacon: (roundAt) =>
      `Am ${roundAt} veröffentlicht die Zufallsquelle diese Runde, die vorher niemand kennen kann.`,
    toBeaconLocal: (roundAt) =>
      `Am ${roundAt} gibt die eigene Zufallsquelle des Shops diese Runde aus, die er vorher kennen kann.`,
    beaconLate: (roundAt) =>
      `Die Runde der Zufallsquelle war am ${roundAt} fällig und ist noch nicht da: Die Verlosung wartet auf sie.`,
    beacon: (roundAt) =>
      `Am ${roundAt} veröffentlichte die Zufallsquelle diese Runde, die vorher niemand kennen konnte.`,
    beaconLocal: (roundAt) =>
      `Am ${roundAt} gab die eigene Zufallsquelle des Shops diese Runde aus, die er vorher kennen konnte.`,
    toDraw:
      'Liste und Runde zusammen ergeben für jeden Eintrag eine Punktzahl: Die kleinste kommt zuerst dran.',
    drawn: (at) =>
      `Am ${at} ergaben Liste und Runde zusammen für jeden Eintrag eine Punktzahl: Die kleinste kommt zuerst dran.`,
    givenUp: (at) => `Am ${at} wurde die Verlosung aufgegeben: Niemand hat einen Rang.`,
  },

  countsTitle: 'Wann die Einträge kamen',
  counts: {
    lead: 'Hätte jemand viele erfundene Leute auf einmal eingetragen, sähe man es hier als plötzlichen Sprung. Die Prüfung unten zählt alles noch einmal.',
    most: (count, at) =>
      `Der höchste Balken sind ${plural(count, 'Eintrag', 'Einträge')}, ab ${at}.`,
    step: (duration) => `Ein Balken steht für ${duration}.`,
    below: 'Unter der Linie: zurückgezogene Einträge.',
    inDigits: 'Dasselbe in Zahlen',
    begin: 'Ab',
    entered: 'Eingetragen',
    left: 'Zurückgezogen',
  },

  factsTitle: 'Die Zahlen',
  facts: {
    number: 'Nummer der Verlosung in diesem Shop',
    entries: 'Teilnahmen',
    records: 'Datensätze vom Eintragen und Zurückziehen',
    headOpen: 'Hash aller Datensätze bis jetzt',
    head: 'Hash aller Datensätze',
    beacon: 'Zufallsquelle',
    drand: 'drand (quicknet), öffentlich und von vielen Organisationen betrieben',
    local: 'von diesem Shop',
    round: 'Runde',
    roundDue: (round, at) => `${number(round)}, fällig ${at}`,
    signature: 'Signatur der Runde',
    randomness: 'Zufallszahl der Runde',
    seed: 'Startwert der Verlosung',
    ranking: 'Hash aller Ränge',
    statements: 'Signierte Erklärungen des Shops',
  },
  copy: 'Kopieren',
  copyOf: (name) => `Kopieren: ${name}`,
  copied: 'Kopiert.',
  notCopied: 'Dein Browser hat das nicht erlaubt. Bitte markiere und kopiere es selbst.',

  limitsTitle: 'Was das nicht beweist',
  limits: {
    invented: 'Ein Shop könnte erfundene Leute eintragen. Das zeigt keine Berechnung.',
    taken:
      'Dass deine Teilnahme überhaupt angenommen wurde. Das beweist deine Quittung: Hebe sie auf.',
    sameList:
      'Dass allen dieselbe Liste gezeigt wird. Vergleiche den Hash oben mit dem von jemand anderem.',
    later: 'Die Reihenfolge derer, die später kamen. Sie stehen nicht in der Liste.',
    beacon:
      'Dass sich niemand abspricht, der die Zufallsquelle betreibt: Genügend davon könnten eine Runde früher kennen oder zurückhalten, aber nie aussuchen.',
    localBeacon: 'Dass der Shop die Runde vorher nicht kannte: Die Zufallsquelle ist seine eigene.',
  },

  howTitle: 'Ohne diesen Shop prüfen',
  how: 'Die Prüfung oben ist ein Programm, das dieser Shop an deinen Browser geschickt hat. Hier ist alles, womit du mit einem anderen Programm prüfen oder an einem Nachmittag selbst eines schreiben kannst.',
  links: {
    draw: 'Die Verlosung als JSON',
    entries: 'Alle Datensätze, einer je Zeile',
    keys: 'Die öffentlichen Schlüssel des Shops',
    fairness: 'Wie die Verlosung berechnet wird, vollständig (englisch)',
    program: 'Ein Prüfprogramm in Python',
  },

  checkTitle: 'Jetzt prüfen',
  checkLead:
    'Dein Browser lädt alle Datensätze und berechnet die Verlosung noch einmal. Er schickt nichts irgendwohin.',
  receipt: 'Deine Quittung (freiwillig)',
  receiptHint: 'Findet deinen Eintrag und beweist, dass die Liste noch die ist, zu der er gehörte.',
  ownKnown: (count) =>
    count === 1
      ? 'Dein Eintrag in dieser Verlosung wird mit nachgeschlagen.'
      : `Deine ${number(count)} Einträge in dieser Verlosung werden mit nachgeschlagen.`,
  keepReceipt: 'Hebe deine Quittung auf: Später beweist sie, dass die Liste noch dieselbe ist.',
  receiptFor: (item) => `Quittung für ${item}`,
  check: 'Verlosung prüfen',
  checkAgain: 'Noch einmal prüfen',
  stop: 'Abbrechen',
  loadingList: 'Wird geladen …',
  progress: (records, of) => `${number(records)} von ${number(of)} Datensätzen`,
  progressLabel: 'Geprüfte Datensätze',
  computing: 'Alle Datensätze sind gelesen. Die Ränge werden berechnet …',
  right: 'Alles stimmt.',
  rightSoFar: 'Was bisher da ist, stimmt.',
  rightIncomplete: 'Was sich prüfen ließ, stimmt.',
  wrong: 'Glaube dieser Verlosung nicht.',
  wrongLead: 'Gefunden wurde:',
  counted: (records, entries) =>
    `Neu berechnet: ${plural(records, 'Datensatz', 'Datensätze')}, ${plural(entries, 'Eintrag', 'Einträge')}.`,
  countedRanks: (ranked) => `${plural(ranked, 'Rang', 'Ränge')} verglichen.`,
  atRecord: (seq) => `Zuerst bei Datensatz ${number(seq)}.`,
  failed: 'Die Daten ließen sich nicht laden, also wurde nichts geprüft.',
  notes: {
    not_drawn:
      'Noch ist nichts verlost: Geprüft wurden die Datensätze, die Festlegungen davor und die Signaturen.',
    nobody_entered: 'Niemand hat mitgemacht: Es gibt nichts zu beweisen.',
    local_beacon: 'Die Zufallsquelle ist vom Shop selbst, das beweist Außenstehenden also nichts.',
    list_behind:
      'Die Liste war etwas älter als die Verlosung. Prüfe in einigen Sekunden noch einmal.',
    signatures_unchecked:
      'Die Signaturen des Shops wurden nicht geprüft: Das macht dein Browser nur auf Seiten mit https.',
  },

  ownTitle: 'Dein Eintrag',
  own: {
    rank: (rank, of) => `Rang ${number(rank)} von ${number(of)}`,
    noRank: 'Noch kein Rang',
    left: 'Vor dem Ende zurückgezogen, daher ohne Rang',
    record: (seq, at) => `Datensatz ${number(seq)}, ${at}`,
    score: 'Punktzahl',
    head: 'Hash danach',
    asReceipt: 'Er steht genau so in der Liste, wie deine Quittung sagt.',
    notAsReceipt: 'Er steht nicht so in der Liste, wie deine Quittung sagt.',
    outcome: {
      waiting: 'Er wartet, bis er dran ist.',
      offered: 'Er war dran.',
      left: 'Er wurde zurückgezogen.',
      skipped: 'Er wurde übergangen.',
    },
  },
  findings: FINDINGS_DE,
};
