/** The queue of an event: how it is planned, how it stands, who is in it. In English. */
import { number, plural } from '../../texts/numbers.ts';

const people = (count: number) => plural(count, 'person', 'people');
const units = (count: number) => plural(count, 'unit', 'units');

/** Who waits for how many units, how many more would sell, and what they would bring. */
type Demanded = Readonly<
  Record<'entries' | 'wished' | 'missing', number> & Record<'money', string>
>;

const plan = {
  formats: { first_come: 'First come, first served', draw: 'Draw' },
  formatHints: {
    first_come: 'The sale opens at its time, and whoever presses first buys first.',
    draw: 'People enter before the opening. Then their places in line are drawn by lot, and one after the other gets an offer that is held for them: nobody has to be fast. It opens at its time and cannot be opened by hand.',
  },
  entriesClose: (time: string) =>
    `Entries close ${time}. With a waitlist one can still enter later, behind all others.`,
  entriesCloseBefore:
    'Entries close some seconds before the opening. With a waitlist one can still enter later, behind all others.',
  waitlistHints: {
    first_come:
      'Once all units are sold or held, people can enter a queue. A unit that comes back, or that you add, is offered to whoever has waited longest.',
    draw: 'People can still enter once entries have closed, behind all who were drawn.',
  },
  offerHint: 'How long an offer from the queue is held for its customer: 30 to 86,400 (a day).',
  queued: 'People are in the queue already.',
  mayChange:
    'Only texts, the order of the items, a later end, more stock and higher limits can still change.',
  onlyMore: 'The total can only go up.',
  fixed: 'Fixed: people are in the queue.',
  onlyLater: 'People are in the queue: it can only become later.',
  notLess: (least: number) => `People are in the queue: ${number(least)} or more.`,
  itemsFixed: 'Fixed: people are in the queue. No item can be added or removed.',
  variantsFixed: 'Fixed: people are in the queue. Stocks can only go up.',
};

export const QUEUE_EN = {
  plan,
  title: 'Queue',
  nobody: 'Nobody has entered the queue.',
  lookUp: 'Look up an entry',
  proof: 'The draw as everybody can check it',
  figures: {
    waiting: 'Waiting',
    entrants: 'Entrants so far',
    units: 'Units wished for',
    offers: 'Offers made',
    servedRank: 'Served up to place',
    missing: 'Would sell if added',
  },
  draw: {
    entriesClose: (time: string) => `Entries close ${time}.`,
    entriesClosed: (time: string) =>
      `Entries closed ${time}. With a waitlist one can still enter, behind all others.`,
    drawnFrom: (time: string) => `The places are drawn at the opening, ${time}.`,
    drawnAt: (time: string) => `The places were drawn ${time}.`,
  },
  demand: {
    opening: ({ entries, wished, missing, money }: Demanded) =>
      `${plural(entries, 'person wishes', 'people wish')} for ${units(wished)}: ${number(missing)} more would sell for ${money} at the opening.`,
    now: ({ entries, wished, missing, money }: Demanded) =>
      `${plural(entries, 'person waits', 'people wait')} for ${units(wished)}: ${number(missing)} more would sell for ${money} at once.`,
    over: ({ entries, wished, missing, money }: Demanded) =>
      `${people(entries)} waited for ${units(wished)} at the end: ${number(missing)} more would have sold for ${money}.`,
  },
  demandMet: (entries: number, wished: number) =>
    `${people(entries)}, ${units(wished)} wished for: there are enough.`,
  added: {
    opening: (added: number, taken: number, money: string) =>
      `${number(added)} more: the queue would take ${number(taken)} for ${money} at the opening.`,
    now: (added: number, taken: number, money: string) =>
      `${number(added)} more: the queue would take ${number(taken)} for ${money} at once.`,
  },
  toQueue: 'They are offered to those who wait.',

  lookup: {
    title: 'Entries in the queue',
    who: 'E-mail address or id',
    unread: 'Type a whole e-mail address, or a whole id that begins with ent_ or usr_.',
    status: 'State of the entry',
    statuses: {
      waiting: 'Waiting',
      offered: 'Offered',
      left: 'Left',
      skipped: 'Skipped',
      closed: 'Sale over',
    },
    reasons: {
      limit_reached: 'Limit reached',
      deactivated: 'Account deactivated',
      email_unverified: 'Address not confirmed',
      disqualified: 'Disqualified',
      event_cancelled: 'Event cancelled',
    },
    noneMatch: 'No entry matches.',
    rank: (rank: number) => `Place ${number(rank)}`,
    unranked: 'Not drawn yet',
    entered: (seq: number, time: string) => `Entry ${number(seq)}, made ${time}`,
    ended: {
      offered: (time: string) => `Offered ${time}`,
      left: (time: string) => `Left ${time}`,
      skipped: (time: string) => `Skipped ${time}`,
    },
    wish: (wished: number, least: number) =>
      least === wished ? units(wished) : `${units(wished)}, at least ${number(least)}`,
    offer: (offered: number) => `Offer of ${units(offered)}`,
  },
  disqualify: {
    action: 'Disqualify',
    ask: (name: string) => `Disqualify the entry of ${name}?`,
    body: 'It keeps its place and is passed over. That it was disqualified is public, and this cannot be undone.',
    reason: 'Reason',
    reasonHint:
      'Required. Kept in the audit log. The customer is told “disqualified” and nothing more.',
    done: 'Disqualified an entry in a queue',
    because: (reason: string) => `Reason: ${reason}`,
  },
};
