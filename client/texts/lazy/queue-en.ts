/** What is told of a queue and of one's place in it, in English. Must hold texts only. */
import type { Ahead, Outlook, SkipReason } from '../../../worker/contract/queue.ts';
import { number, percent, plural } from '../numbers.ts';

export interface StandingFacts {
  /** Entries before the place; null where that is not known. */
  readonly ahead: number | null;
  /** Units that are free or held. */
  readonly canCome: number;
  /** A smaller offer is not made. */
  readonly least: number;
  readonly outlook: Outlook;
  /** Until the drop closes, for a person. */
  readonly closesIn: string;
}

/** While units can come back. */
const OUTLOOK: Record<Outlook, string> = {
  unknown: 'Nobody can say yet whether your turn will come.',
  likely: 'Your turn will probably come, judged by how many units came back so far.',
  possible: 'Your turn may come, judged by how many units came back so far.',
  unlikely: 'Your turn will probably not come, judged by how many units came back so far.',
  impossible: 'Your turn cannot come any more, unless the shop adds units or gets some back.',
};

export const QUEUE_EN = {
  // Before one has entered.
  waitlistTitle: 'Waitlist',
  waitlistLead:
    'All units are taken. A unit that comes back goes to whoever waits, in the order in which they came.',
  waitlistPromised:
    'What is free now goes to those who wait already. What is left after them, or comes back, goes to whoever waits next.',
  waitlistAfterDraw:
    'All units are taken. A unit that comes back goes to those in the draw first, then to whoever came later.',
  waiting: (count: number) =>
    count === 0
      ? 'Nobody is waiting yet: you would be the first.'
      : plural(count, 'person waits before you.', 'people wait before you.'),
  /** How many of those that can come have to, for somebody who enters now; null where all are too few. */
  chance: (needed: number | null, canCome: number) => {
    if (canCome === 0)
      return 'All are sold, and none is held. So nothing comes back, unless the shop adds units or gets some back.';
    if (needed === null)
      return canCome === 1
        ? 'One unit can still come back, and it would go to those before you.'
        : `Even if all ${number(canCome)} units that are held came back, they would go to those before you.`;
    if (canCome === 1) return 'You get a turn if the one unit that is held comes back.';
    return `You get a turn if ${number(needed)} of the ${plural(canCome, 'unit', 'units')} that can still come back ${needed === 1 ? 'does' : 'do'}.`;
  },
  heldNow: (held: number) =>
    `${plural(held, 'unit is', 'units are')} held by others who have not ordered yet. What they do not take comes back.`,
  until: (time: string) =>
    `The drop closes ${time}. Then all places end, and nobody gets a turn any more.`,
  free: 'Waiting costs nothing. Nothing is bought or charged before you order it yourself.',
  join: 'Join the waitlist',
  joinSignedOut: 'Sign in to wait',
  joining: 'Joining…',
  drawTitle: 'Draw',
  drawLead: (closes: string) =>
    `Enter before ${closes}. Then the places in line are drawn by lot: how early you enter makes no difference.`,
  drawTaking: (count: number) =>
    count === 0
      ? 'Nobody has entered yet.'
      : plural(count, 'person has entered.', 'people have entered.'),
  /** @param share from 0 to 1, in whole hundredths; 0 for less than one */
  drawShare: (share: number) => {
    if (share === 1) return 'As it stands, there is enough for everybody who has entered.';
    const few = share === 0 ? `less than ${percent(0.01)}` : `about ${percent(share)}`;
    return `As it stands, there is enough for ${few} of those who have entered.`;
  },
  enterDraw: 'Enter the draw',
  enterDrawSignedOut: 'Sign in to take part',
  entering: 'Entering…',
  lateLead: 'Entries for the draw are closed. You can still wait, behind all who entered in time.',
  entriesClosed:
    'Entries for the draw are closed. If units are left after those who take part, anybody can buy them.',
  drawingLead: 'The places are being drawn. Whoever entered in time is served first.',
  smallest: 'At least',
  smallestHint:
    'If fewer come free than the least you would take, people who want fewer may go before you.',
  fewerHint: 'If fewer come free when it is your turn, you are offered those.',
  howOffer: (duration: string) =>
    `When it is your turn, it is held for you for ${duration}. You need not stay on this page.`,
  howMail: 'We also send you an e-mail then.',
  howMailTo: (email: string, isConfirmed: boolean) =>
    isConfirmed
      ? `We also send an e-mail to ${email} then.`
      : `We also send an e-mail to ${email} then. You have not confirmed that address yet: please check that it is right.`,
  howSeen: 'Every page of the shop that is open says so, too.',
  enteredTooOften: (time: string) =>
    `You have entered this queue as often as one may in a day. You can enter again from ${time}.`,
  mailboxWaits: (units: number) =>
    `Other accounts of your mailbox wait for ${number(units)} already, which counts too.`,

  // In the queue.
  placeTitle: 'Your place in line',
  placeOf: (label: string) => `Your place in line: ${label}`,
  /** Before the number of those ahead, where some of them may have left. */
  atMost: 'At most',
  ahead: (count: number) => (count === 1 ? 'person ahead of you' : 'people ahead of you'),
  aheadUnits: ({ entries, units, areUnitsAtMost }: Ahead & { areUnitsAtMost: boolean }) =>
    `${entries === 1 ? 'That person wants' : 'Together they want'} ${areUnitsAtMost ? 'at most ' : ''}${plural(units, 'unit', 'units')}.`,
  wish: (quantity: number, least: number) =>
    least < quantity
      ? `You want ${number(quantity)}, or at least ${number(least)}.`
      : `You want ${number(quantity)}, and no fewer.`,
  passing: 'People who want fewer may go before you.',
  /** The one sentence of each state of a place. */
  standing: {
    next: () => 'You are next: what comes back is offered to you first.',
    behind: ({ outlook }: StandingFacts) => OUTLOOK[outlook],
    short: ({ canCome, least }: StandingFacts) =>
      `Only ${number(canCome)} can still come back, and you want at least ${number(least)}. So you get no turn, unless the shop adds units.`,
    gone: ({ ahead }: StandingFacts) =>
      `${ahead === 0 ? 'You are first in line, but all' : 'All'} are sold, and none is held. So you get no turn, unless the shop adds units or gets some back.`,
    closing: ({ ahead, closesIn }: StandingFacts) =>
      `${ahead === 0 ? 'You are next, but the' : 'The'} drop closes in ${closesIn}. After that nobody gets a turn.`,
    closed: () =>
      'The drop has closed, so your place has ended without a turn. Nothing was charged. We are sorry.',
    turn: () =>
      'It is held for you. Order it below before the time runs out, or give it to the next in line.',
    turn_over: () =>
      'Your turn ran out before you ordered, so the unit is not kept for you any more.',
  },
  leave: 'Leave the queue',
  leaveAsk: 'Give up your place? If you enter again, you are behind all others.',
  leaveDraw: 'Take back my entry',
  leaveDrawAsk: 'Take back your entry?',
  stay: 'Stay',
  leaving: 'Leaving…',
  left: 'You have left the queue.',

  // A draw.
  takePartTitle: 'You are in the draw',
  others: (count: number) =>
    count === 0
      ? 'So far you are the only one.'
      : plural(count, 'other person has entered.', 'other people have entered.'),
  drawnAt: (time: string) => `The places are drawn at ${time}. You have nothing more to do.`,
  checkDraw: 'Check the draw and your entry in it',
  drawing: 'The places are being drawn now…',
  drawn: 'The places are drawn. Yours is being looked up…',

  receipt: (seq: string) => `Your receipt: number ${seq} in the list`,
  receiptHint: 'It is signed and proves that you entered the draw. Keep it.',
  receiptCheck: 'Check the draw with it',
  receiptCopy: 'Copy the receipt',

  // Its end.
  turnTitle: 'It is your turn',
  turnSmaller: (wished: number, offered: number) =>
    `You wanted ${number(wished)}; only ${number(offered)} came free.`,
  turnOver: 'Your turn has ended',
  overTitle: 'Your turn did not come',
  skippedTitle: 'Your place was passed over',
  skipped: {
    limit_reached: 'When it was your turn, you had as many already as one customer may have.',
    deactivated: 'When it was your turn, your account was deactivated.',
    email_unverified:
      'When it was your turn, your e-mail address was not confirmed. Confirm it before you wait again.',
    disqualified: 'The shop took your entry out of the queue. Please ask the shop why.',
    event_cancelled: 'The sale was cancelled.',
  } satisfies Record<SkipReason, string>,

  // On every screen.
  turnBar: (item: string) => `It is your turn: ${item}`,
  turnBarUnit: 'It is your turn',
  turnBarEnded: 'Your turn has ended. The unit goes to the next in line.',
  turnGo: 'Take it now',
  turnInTab: (digits: string) => `${digits} – it is your turn`,
  turnVoice: (item: string, spoken: string) => `It is your turn: ${item}. ${spoken}.`,
  placeVoice: (item: string, count: number, isAtMost: boolean) =>
    count === 0
      ? `${item}: you are first in line.`
      : `${item}: ${isAtMost ? 'at most ' : ''}${plural(count, 'person', 'people')} ahead of you.`,
  takePartVoice: (item: string) => `${item}: you are in the draw.`,
  endVoice: (item: string, words: string) => `${item}: ${words}`,

  // One's places in a list.
  listTitle: 'Your places in line',
  listStatus: {
    waiting: 'Waiting',
    drawing: 'In the draw',
    offered: 'Your turn came',
    left: 'Left',
    skipped: 'Passed over',
    closed: 'Not reached',
  },
  listAhead: (count: number) =>
    count === 0 ? 'You are first in line' : `${plural(count, 'person', 'people')} ahead of you`,
  listEarlier: (count: number) => `Earlier (${number(count)})`,
  listEntered: (time: string) => `Entered ${time}`,

  // What belongs to an offer where a hold has other words.
  offerNote: {
    pending: 'It is your turn: held for you until the time runs out.',
    expired: 'Your turn ran out, and it went to the next in line.',
    cancelled: 'You gave it back, and it went to the next in line.',
  },
};
