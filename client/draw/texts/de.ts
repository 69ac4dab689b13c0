/** What a draw's page says, in German. Must hold texts only. */
import { noun, number, plural } from '../../texts/numbers.ts';
import { FINDINGS_DE } from './findings-de.ts';
import type { DrawTexts } from './texts.ts';

export const DRAW_DE: DrawTexts = {
  title: (event) => `Die Verlosung: ${event}`,
  titleAlone: 'Die Verlosung',
  description: (event) =>
    `Wie bei ${event} verlost wird: alle Einträge, die Zufallszahl, das Ergebnis und eine Prüfung in deinem Browser.`,

  states: {
    open: 'Noch kann man mitmachen. Wie viele dabei sind, sehen alle.',
    locked: (roundAt) =>
      `Eintragen kann man sich nicht mehr. Die Zufallszahl, die entscheidet, kommt am ${roundAt}.`,
    waiting: (roundAt) =>
      `Seit ${roundAt} warten wir auf die Zufallszahl. Egal wie lange es dauert: Eine andere wird nicht genommen.`,
    drawn: (drawnAt) => `Verlost am ${drawnAt}.`,
    givenUp: (at) => `Diese Verlosung wurde am ${at} aufgegeben. Eine andere wird es nicht geben.`,
    nobody: 'Niemand hat mitgemacht, also gab es nichts zu verlosen.',
  },
  reasons: {
    cancelled: 'Das Event wurde abgesagt, bevor seine Zufallszahl fällig war.',
    beacon_silent: 'Die Zufallsquelle blieb eine Stunde lang stumm.',
    undrawn_at_end: 'Der Verkauf endete, bevor verlost werden konnte.',
  },
  refreshed: (seconds) =>
    `Diese Seite aktualisiert sich von selbst, alle ${number(seconds)} Sekunden.`,
  localTitle: 'Eigene Zufallsquelle des Shops: beweist Außenstehenden nichts',
  localBody:
    'Der Shop betreibt die Zufallsquelle dieser Verlosung selbst und kennt ihre Zahlen vorher. Das ist für Entwicklung und Proben.',

  picture: (stage) =>
    `Der Weg einer Verlosung: Einträge, Liste zu, Zufallszahl, verlost. Jetzt: ${stage}`,
  stages: { entered: 'Einträge', locked: 'Liste zu', beacon: 'Zufall', drawn: 'Verlost' },
  stageNow: {
    open: 'man kann mitmachen',
    locked: 'die Liste ist geschlossen',
    waiting_for_beacon: 'warten auf die Zufallszahl',
    drawn: 'verlost',
    given_up: 'aufgegeben',
    nobody: 'niemand hat mitgemacht',
  },
  givenUpShort: 'Aufgegeben',

  stepsTitle: 'Was geschieht',
  step: {
    toStart: (round) =>
      `Sobald sich die erste Person einträgt, legt der Shop fest, was verlost wird, bis wann man mitmachen kann und welche Zufallszahl entscheidet: Nummer ${number(round)} der Zufallsquelle.`,
    started: (round, units) =>
      `Als sich die erste Person eintrug, legte der Shop fest, was verlost wird (${number(units)} Stück), bis wann man mitmachen kann und welche Zufallszahl entscheidet: Nummer ${number(round)} der Zufallsquelle.`,
    chain: (entries, left) =>
      `Bisher ${noun(entries, 'steht', 'stehen')} ${plural(entries, 'Eintrag', 'Einträge')}, davon ${number(left)} zurückgezogen, in einer öffentlichen Liste: Jede Zeile trägt einen Fingerabdruck aller Zeilen davor, sodass eine spätere Änderung auffällt.`,
    chained: (entries, left) =>
      `${plural(entries, 'Eintrag', 'Einträge')}, davon ${number(left)} zurückgezogen, ${noun(entries, 'steht', 'stehen')} in einer öffentlichen Liste: Jede Zeile trägt einen Fingerabdruck aller Zeilen davor, sodass eine spätere Änderung auffällt.`,
    toLock: (closes) =>
      `Am ${closes} wird die Liste geschlossen: Wer später kommt, steht hinter allen anderen.`,
    locked: (at) =>
      `Am ${at} wurde die Liste geschlossen: Wer später kam, steht hinter allen anderen.`,
    toBeacon: (roundAt) =>
      `Am ${roundAt} veröffentlicht die Zufallsquelle diese Zahl, die vorher niemand kennen und niemand aussuchen kann.`,
    toBeaconLocal: (roundAt) =>
      `Am ${roundAt} gibt die eigene Zufallsquelle des Shops diese Zahl aus, die er vorher kennen kann.`,
    beaconLate: (roundAt) =>
      `Diese Zahl war am ${roundAt} fällig und ist noch nicht da: Die Verlosung wartet auf sie.`,
    beacon: (roundAt) =>
      `Am ${roundAt} veröffentlichte die Zufallsquelle diese Zahl, die vorher niemand kennen und niemand aussuchen konnte.`,
    beaconLocal: (roundAt) =>
      `Am ${roundAt} gab die eigene Zufallsquelle des Shops diese Zahl aus, die er vorher kennen konnte.`,
    toDraw:
      'Aus der Liste und dieser Zahl ergibt eine feste Rechnung für jeden Eintrag eine Punktzahl: Die kleinste kommt zuerst dran.',
    drawn: (at) =>
      `Am ${at} ergab eine feste Rechnung aus der Liste und dieser Zahl für jeden Eintrag eine Punktzahl: Die kleinste kommt zuerst dran.`,
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
    entries: 'Einträge',
    records: 'Zeilen der Liste: eingetragen oder zurückgezogen',
    headOpen: 'Fingerabdruck der Liste bis jetzt (head)',
    head: 'Fingerabdruck der Liste (head)',
    beacon: 'Zufallsquelle',
    drand: 'drand (quicknet), öffentlich und von vielen Organisationen betrieben',
    local: 'von diesem Shop',
    round: 'Welche ihrer Zahlen (Runde)',
    roundDue: (round, at) => `${number(round)}, fällig ${at}`,
    more: 'Für alle, die nachrechnen',
    signature: 'Signatur der Zufallsquelle',
    randomness: 'Zufallszahl',
    seed: 'Startwert aus Liste und Zufallszahl (seed)',
    ranking: 'Fingerabdruck aller Ränge',
    statements: 'Was der Shop signiert hat',
  },
  copy: 'Kopieren',
  copyOf: (name) => `Kopieren: ${name}`,
  copied: 'Kopiert.',
  notCopied: 'Dein Browser hat das nicht erlaubt. Bitte markiere und kopiere es selbst.',

  limitsTitle: 'Was das nicht beweist',
  limits: {
    invented:
      'Dass alle in der Liste echt sind. Ein Shop könnte erfundene Leute eintragen, und das zeigt keine Rechnung: Sieh dir die Balken oben an.',
    taken:
      'Dass dein Eintrag in der Liste steht. Das beweist nur eine Prüfung mit deiner Quittung: Hebe sie auf.',
    sameList:
      'Dass allen dieselbe Liste gezeigt wird. Vergleiche den Fingerabdruck der Liste unten mit dem von jemand anderem.',
    later:
      'In welcher Reihenfolge die drankommen, die nach dem Schließen der Liste kamen. Sie stehen nicht darin.',
    beacon:
      'Dass die Zufallsquelle ehrlich ist. Viele Organisationen betreiben sie; wenn sich genug davon heimlich absprechen, könnten sie eine Zahl früher kennen oder zurückhalten, aber nie aussuchen.',
    localBeacon:
      'Dass der Shop die Zufallszahl vorher nicht kannte: Die Zufallsquelle ist seine eigene.',
  },

  howTitle: 'Ohne diesen Shop prüfen',
  how: 'Die Prüfung oben ist ein Programm, das dieser Shop an deinen Browser geschickt hat. Hier ist alles, womit du mit einem anderen Programm prüfen oder an einem Nachmittag selbst eines schreiben kannst.',
  links: {
    draw: 'Die Verlosung als JSON',
    entries: 'Die ganze Liste',
    keys: 'Die öffentlichen Schlüssel des Shops',
    fairness: 'Wie die Verlosung berechnet wird, vollständig (englisch)',
    program: 'Ein Prüfprogramm in Python',
  },

  checkTitle: 'Jetzt prüfen',
  checkLead:
    'Dein Browser lädt die ganze Liste und berechnet die Verlosung selbst noch einmal. Er schickt nichts irgendwohin.',
  receipt: 'Deine Quittung (freiwillig)',
  receiptHint:
    'Der lange Text, den du für deinen Eintrag bekommen hast. Mit ihm findet die Prüfung deinen Eintrag und beweist, dass die Liste noch die ist, in die du dich eingetragen hast. Bist du angemeldet, wird dein Eintrag auch ohne sie gefunden.',
  receiptLost: 'Quittung verloren? Melde dich an: Sie steht bei deinem Platz, unter',
  receiptLostWay: 'Meine Käufe',
  ownKnown: (count) =>
    count === 1
      ? 'Du bist angemeldet: Dein Eintrag in dieser Verlosung wird mit nachgeschlagen.'
      : `Du bist angemeldet: Deine ${number(count)} Einträge in dieser Verlosung werden mit nachgeschlagen.`,
  keepReceipt: 'Hebe deine Quittung auf: Später beweist sie, dass die Liste noch dieselbe ist.',
  receiptFor: (item) => `Quittung für ${item}`,
  check: 'Verlosung prüfen',
  checkAgain: 'Noch einmal prüfen',
  stop: 'Abbrechen',
  loadingList: 'Wird geladen …',
  progress: (records, of) => `${number(records)} von ${number(of)} Zeilen`,
  progressLabel: 'Geprüfte Zeilen',
  computing: 'Die ganze Liste ist gelesen. Die Ränge werden berechnet …',
  right: 'Alles stimmt.',
  rightLocal: 'Die Rechnung stimmt, aber sie kann nicht zeigen, dass fair verlost wurde.',
  rightSoFar: 'Was bisher da ist, stimmt.',
  rightIncomplete: 'Was sich prüfen ließ, stimmt.',
  wrong: 'Glaube dieser Verlosung nicht.',
  wrongLead: 'Gefunden wurde:',
  pasteAgain:
    'Bitte kopiere deine Quittung noch einmal und prüfe erneut. An der Verlosung ändert das nichts.',
  counted: (records, entries) =>
    `Neu berechnet: ${plural(records, 'Zeile', 'Zeilen')}, ${plural(entries, 'Eintrag', 'Einträge')}.`,
  countedRanks: (ranked) => `${plural(ranked, 'Rang', 'Ränge')} verglichen.`,
  atRecord: (seq) => `Zuerst bei Zeile ${number(seq)}.`,
  failed: 'Die Daten ließen sich nicht laden, also wurde nichts geprüft.',
  notes: {
    not_drawn:
      'Verlost ist nichts: Geprüft wurden die Liste, was davor festgelegt wurde und was der Shop signiert hat.',
    nobody_entered: 'Niemand hat mitgemacht: Es gibt nichts zu beweisen.',
    local_beacon:
      'Die Zufallsquelle ist die eigene des Shops: Er konnte die Zufallszahl kennen, bevor die Liste geschlossen wurde.',
    list_behind:
      'Die Liste war etwas älter als die Verlosung. Prüfe in einigen Sekunden noch einmal.',
    signatures_unchecked:
      'Die Signaturen des Shops wurden nicht geprüft: Das macht dein Browser nur auf Seiten mit https.',
  },

  ownTitle: 'Dein Eintrag',
  own: {
    rank: (rank, of) => `Rang ${number(rank)} von ${number(of)}`,
    noRank: 'Noch kein Rang',
    left: 'Zurückgezogen, bevor die Liste geschlossen wurde, daher ohne Rang',
    record: (seq, at) => `Zeile ${number(seq)} der Liste, ${at}`,
    score: 'Punktzahl',
    head: 'Fingerabdruck der Liste bis zu dieser Zeile (head)',
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
