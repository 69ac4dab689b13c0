/** The queue of an event: how it is planned, how it stands, who is in it. In German. */
import { number, plural } from '../../texts/numbers.ts';
import type { QUEUE_EN } from './queue-en.ts';

const units = (count: number) => `${number(count)} Stück`;

const plan: typeof QUEUE_EN.plan = {
  formats: { first_come: 'Wer zuerst kommt', draw: 'Verlosung' },
  formatHints: {
    first_come: 'Der Verkauf öffnet zu seiner Zeit, und wer zuerst drückt, kauft zuerst.',
    draw: 'Man trägt sich vor dem Start ein. Dann werden die Plätze ausgelost, und der Reihe nach bekommt jede Person ein Angebot, das für sie gehalten wird: Niemand muss schnell sein. Das Event öffnet zu seiner Zeit und nicht von Hand.',
  },
  entriesClose: (time) =>
    `Einträge sind bis ${time} möglich. Mit Warteliste kann man sich auch später noch eintragen, hinter allen anderen.`,
  entriesCloseBefore:
    'Die Einträge schließen einige Sekunden vor dem Start. Mit Warteliste kann man sich auch später noch eintragen, hinter allen anderen.',
  waitlistHints: {
    first_come:
      'Sobald alles verkauft oder reserviert ist, kann man sich anstellen. Ein Stück, das zurückkommt oder das du hinzufügst, wird der Person angeboten, die am längsten wartet.',
    draw: 'Man kann sich auch nach dem Ende der Einträge noch eintragen, hinter allen Ausgelosten.',
  },
  offerHint: 'So lange wird ein Angebot aus der Warteschlange gehalten: 30 bis 86.400 (ein Tag).',
  queued: 'In der Warteschlange stehen schon Leute.',
  mayChange:
    'Nur Texte, die Reihenfolge der Artikel, ein späteres Ende, mehr Stück und höhere Limits lassen sich noch ändern.',
  onlyMore: 'Die Gesamtzahl kann nur steigen.',
  fixed: 'Steht fest: Es warten schon Leute.',
  onlyLater: 'Es warten schon Leute: Es kann nur später werden.',
  notLess: (least) => `Es warten schon Leute: ${number(least)} oder mehr.`,
  itemsFixed: 'Steht fest: Es warten schon Leute. Artikel kommen nicht hinzu und fallen nicht weg.',
  variantsFixed: 'Steht fest: Es warten schon Leute. Stückzahlen können nur steigen.',
};

export const QUEUE_DE: typeof QUEUE_EN = {
  plan,
  title: 'Warteschlange',
  nobody: 'Niemand hat sich angestellt.',
  lookUp: 'Eintrag nachschlagen',
  proof: 'Die Verlosung, wie alle sie prüfen können',
  figures: {
    waiting: 'Warten',
    entrants: 'Bisher eingetragen',
    units: 'Gewünschte Stücke',
    offers: 'Gemachte Angebote',
    servedRank: 'Bedient bis Platz',
    missing: 'Ginge zusätzlich weg für',
  },
  draw: {
    entriesClose: (time) => `Einträge sind bis ${time} möglich.`,
    entriesClosed: (time) =>
      `Die Einträge sind seit ${time} geschlossen. Mit Warteliste kann man sich noch eintragen, hinter allen anderen.`,
    drawnFrom: (time) => `Die Plätze werden beim Start ausgelost: ${time}.`,
    drawnAt: (time) => `Die Plätze wurden ausgelost: ${time}.`,
  },
  demand: {
    opening: ({ entries, wished, missing, money }) =>
      `${plural(entries, 'Person wünscht', 'Personen wünschen')} sich ${units(wished)}: ${number(missing)} mehr würden beim Start für ${money} verkauft.`,
    now: ({ entries, wished, missing, money }) =>
      `${plural(entries, 'Person wartet', 'Personen warten')} auf ${units(wished)}: ${number(missing)} mehr würden sofort für ${money} verkauft.`,
    over: ({ entries, wished, missing, money }) =>
      `${plural(entries, 'Person hat', 'Personen haben')} am Ende auf ${units(wished)} gewartet: ${number(missing)} mehr wären für ${money} verkauft worden.`,
  },
  demandMet: (entries, wished) =>
    `${plural(entries, 'Person', 'Personen')}, ${units(wished)} gewünscht: Es sind genug da.`,
  added: {
    opening: (added, taken, money) =>
      `${number(added)} mehr: Die Warteschlange nähme davon ${number(taken)} für ${money}, beim Start.`,
    now: (added, taken, money) =>
      `${number(added)} mehr: Die Warteschlange nähme davon sofort ${number(taken)} für ${money}.`,
  },
  toQueue: 'Sie werden den Wartenden angeboten.',

  lookup: {
    title: 'Einträge in der Warteschlange',
    who: 'E-Mail-Adresse oder ID',
    unread: 'Gib eine ganze E-Mail-Adresse ein oder eine ganze ID, die mit ent_ oder usr_ beginnt.',
    status: 'Zustand des Eintrags',
    statuses: {
      waiting: 'Wartet',
      offered: 'Angebot gemacht',
      left: 'Verlassen',
      skipped: 'Übergangen',
      closed: 'Verkauf vorbei',
    },
    reasons: {
      limit_reached: 'Limit erreicht',
      deactivated: 'Konto gesperrt',
      email_unverified: 'Adresse nicht bestätigt',
      disqualified: 'Ausgeschlossen',
      event_cancelled: 'Verkauf abgesagt',
    },
    noneMatch: 'Kein Eintrag passt dazu.',
    rank: (rank) => `Platz ${number(rank)}`,
    unranked: 'Noch nicht ausgelost',
    entered: (seq, time) => `Eintrag ${number(seq)} von ${time}`,
    ended: {
      offered: (time) => `Angeboten ${time}`,
      left: (time) => `Verlassen ${time}`,
      skipped: (time) => `Übergangen ${time}`,
    },
    wish: (wished, least) =>
      least === wished ? units(wished) : `${units(wished)}, mindestens ${number(least)}`,
    offer: (offered) => `Angebot über ${units(offered)}`,
  },
  disqualify: {
    action: 'Ausschließen',
    ask: (name) => `Den Eintrag von ${name} ausschließen?`,
    body: 'Er behält seinen Platz und wird übergangen. Dass er ausgeschlossen wurde, ist öffentlich, und es lässt sich nicht rückgängig machen.',
    reason: 'Grund',
    reasonHint:
      'Erforderlich. Bleibt im Protokoll. Der Person wird nur „ausgeschlossen“ gesagt, sonst nichts.',
    done: 'Einen Eintrag in einer Warteschlange ausgeschlossen',
    because: (reason) => `Grund: ${reason}`,
  },
};
