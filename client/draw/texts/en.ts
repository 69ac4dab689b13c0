/** What a draw's page says, in English. Must hold texts only. */
import type { GiveUpReason } from '../../../worker/contract/draw.ts';
import { number, plural } from '../../texts/numbers.ts';
import type { CheckNote } from '../check/check-draw.ts';
import { FINDINGS_EN } from './findings-en.ts';

export const DRAW_EN = {
  title: (event: string) => `The draw: ${event}`,
  titleAlone: 'The draw',
  description: (event: string) =>
    `How the draw of ${event} is made: all entries, the beacon, the result, and a check that runs in your browser.`,

  states: {
    open: 'Entries are open. Everybody can see how many there are.',
    locked: (roundAt: string) => `Entries are closed. The draw is made from ${roundAt} on.`,
    waiting: (roundAt: string) =>
      `Waiting for the beacon since ${roundAt}. However long it takes, no other round is used.`,
    drawn: (drawnAt: string) => `Drawn on ${drawnAt}.`,
    givenUp: (at: string) => `This draw was given up on ${at}. There will be no other one.`,
    nobody: 'Nobody entered, so there was nothing to draw.',
  },
  reasons: {
    cancelled: 'The event was cancelled before the beacon’s round was due.',
    beacon_silent: 'The beacon was silent for an hour.',
    undrawn_at_end: 'The sale ended before the draw could be made.',
  } satisfies Record<GiveUpReason, string>,
  refreshed: (seconds: number) =>
    `This page asks again by itself every ${number(seconds)} seconds.`,
  localTitle: 'Local beacon: this proves nothing to outsiders',
  localBody:
    'The beacon of this draw is run by this shop, which knows its numbers in advance. It is there for developers and rehearsals.',

  picture: (stage: string) => `The way of a draw. Now: ${stage}`,
  stages: { entered: 'Entered', locked: 'Locked', beacon: 'Beacon', drawn: 'Drawn' },
  stageNow: {
    open: 'people enter',
    locked: 'the list is locked',
    waiting_for_beacon: 'waiting for the beacon',
    drawn: 'drawn',
    given_up: 'given up',
    nobody: 'nobody entered',
  },
  givenUpShort: 'Given up',

  stepsTitle: 'What happens',
  step: {
    toStart: (round: number) =>
      `When the first person enters, the shop fixes items, times and round ${number(round)} of the beacon.`,
    started: (round: number) =>
      `When the first person entered, the shop fixed items, times and round ${number(round)} of the beacon.`,
    chain: (entries: number, left: number) =>
      `${plural(entries, 'entry', 'entries')} so far, ${number(left)} of them withdrawn: each is a record with the hash of the one before.`,
    chained: (entries: number, left: number) =>
      `${plural(entries, 'entry', 'entries')}, ${number(left)} of them withdrawn: each is a record with the hash of the one before.`,
    toLock: (closes: string) =>
      `On ${closes}, the list is locked: whoever comes later is behind all others.`,
    locked: (at: string) =>
      `On ${at}, the list was locked: whoever came later is behind all others.`,
    toBeacon: (roundAt: string) =>
      `On ${roundAt}, the beacon publishes that round, which nobody can know before.`,
    toBeaconLocal: (roundAt: string) =>
      `On ${roundAt}, the shop’s own beacon gives that round, which the shop can know before.`,
    beaconLate: (roundAt: string) =>
      `The beacon’s round was due on ${roundAt} and is not there yet: the draw waits for it.`,
    beacon: (roundAt: string) =>
      `On ${roundAt}, the beacon published that round, which nobody could know before.`,
    beaconLocal: (roundAt: string) =>
      `On ${roundAt}, the shop’s own beacon gave that round, which the shop could know before.`,
    toDraw: 'List and round together give each entry a score: the smallest is served first.',
    drawn: (at: string) =>
      `On ${at}, list and round together gave each entry a score: the smallest is served first.`,
    givenUp: (at: string) => `On ${at}, the draw was given up: nobody has a rank.`,
  },

  countsTitle: 'When people entered',
  counts: {
    lead: 'If somebody had entered many invented people at once, it would show here as a sudden jump. The check below counts it again.',
    most: (count: number, at: string) =>
      `The highest bar is ${plural(count, 'entry', 'entries')}, from ${at} on.`,
    step: (duration: string) => `Each bar is ${duration}.`,
    below: 'Below the line: entries that were withdrawn.',
    inDigits: 'The same in digits',
    begin: 'From',
    entered: 'Entered',
    left: 'Withdrawn',
  },

  factsTitle: 'The numbers',
  facts: {
    number: 'Draw number of this shop',
    entries: 'Entries',
    records: 'Records of entering and leaving',
    headOpen: 'Head: hash of all records so far',
    head: 'Head: hash of all records',
    beacon: 'Beacon',
    drand: 'drand (quicknet), public, run by many organisations',
    local: 'of this shop',
    round: 'Round',
    roundDue: (round: number, at: string) => `${number(round)}, due ${at}`,
    signature: 'Signature of the round',
    randomness: 'Randomness of the round',
    seed: 'Seed of the draw',
    ranking: 'Hash of all ranks',
    statements: 'Signed statements of the shop',
  },
  copy: 'Copy',
  copyOf: (name: string) => `Copy: ${name}`,
  copied: 'Copied.',
  notCopied: 'Your browser did not allow that. Please mark and copy it by hand.',

  limitsTitle: 'What this does not prove',
  limits: {
    invented: 'A shop could enter people that it invented. No computation shows that.',
    taken: 'That your entry was taken at all. Your receipt proves it: keep it.',
    sameList: 'That everybody is shown the same list. Compare the head above with somebody else’s.',
    later: 'The order of those who came after the lock. They are not in the list.',
    beacon:
      'That the beacon’s operators keep together: enough of them could know a round early or hold it back, but never choose it.',
    localBeacon: 'That the shop did not know the beacon’s round: it is its own.',
  },

  howTitle: 'How to check it without this shop',
  how: 'The check above is a program that this shop sent to your browser. Here is all that you need to check with another program, or to write one in an afternoon.',
  links: {
    draw: 'The draw as JSON',
    entries: 'All records, one a line',
    keys: 'The shop’s public keys',
    fairness: 'How the draw is computed, in full',
    program: 'A checker in Python',
  },

  checkTitle: 'Check it now',
  checkLead:
    'Your browser loads all records and computes the draw again. It sends nothing anywhere.',
  receipt: 'Your receipt (optional)',
  receiptHint: 'Finds your entry, and proves that the list still is the one that it was part of.',
  ownKnown: (count: number) =>
    count === 1
      ? 'Your entry in this draw is looked up too.'
      : `Your ${number(count)} entries in this draw are looked up too.`,
  keepReceipt: 'Keep your receipt: later it proves that the list is still the same.',
  receiptFor: (item: string) => `receipt for ${item}`,
  check: 'Check the draw',
  checkAgain: 'Check again',
  stop: 'Stop',
  loadingList: 'Loading…',
  progress: (records: number, of: number) => `${number(records)} of ${number(of)} records`,
  progressLabel: 'Records that were checked',
  computing: 'All records are read. Computing the ranks…',
  right: 'All of it is right.',
  rightSoFar: 'What there is so far is right.',
  rightIncomplete: 'What could be checked is right.',
  wrong: 'Do not believe this draw.',
  wrongLead: 'This was found:',
  counted: (records: number, entries: number) =>
    `Computed again: ${plural(records, 'record', 'records')}, ${plural(entries, 'entry', 'entries')}.`,
  countedRanks: (ranked: number) => `${plural(ranked, 'rank', 'ranks')} compared.`,
  atRecord: (seq: number) => `First at record ${number(seq)}.`,
  failed: 'The data could not be loaded, so nothing was checked.',
  notes: {
    not_drawn:
      'Nothing is drawn: the records, what was fixed before and what is signed were checked.',
    nobody_entered: 'Nobody entered: there is nothing to prove.',
    local_beacon: 'The beacon is this shop’s own, so this proves nothing to outsiders.',
    list_behind: 'The list was a little older than the draw. Check again in some seconds.',
    signatures_unchecked:
      'The shop’s signatures were not checked: your browser does that on pages with https only.',
  } satisfies Record<CheckNote, string>,

  ownTitle: 'Your entry',
  own: {
    rank: (rank: number, of: number) => `Rank ${number(rank)} of ${number(of)}`,
    noRank: 'No rank yet',
    left: 'Withdrawn before the lock, so without a rank',
    record: (seq: number, at: string) => `Record ${number(seq)}, ${at}`,
    score: 'Score',
    head: 'Head after it',
    asReceipt: 'It is in the list exactly as your receipt says.',
    notAsReceipt: 'It is not in the list as your receipt says.',
    outcome: {
      waiting: 'It waits for its turn.',
      offered: 'It had its turn.',
      left: 'It was withdrawn.',
      skipped: 'It was passed over.',
    },
  },
  findings: FINDINGS_EN,
};
