/** What a draw's page says, in English. Must hold texts only. */
import type { GiveUpReason } from '../../../worker/contract/draw.ts';
import { noun, number, plural } from '../../texts/numbers.ts';
import type { CheckNote } from '../check/check-draw.ts';
import { FINDINGS_EN } from './findings-en.ts';

export const DRAW_EN = {
  title: (event: string) => `The draw: ${event}`,
  titleAlone: 'The draw',
  description: (event: string) =>
    `How the draw of ${event} is made: all entries, the random number, the result, and a check that runs in your browser.`,

  states: {
    open: 'Entries are open. Everybody can see how many there are.',
    locked: (roundAt: string) =>
      `Entries are closed. The random number that decides comes on ${roundAt}.`,
    waiting: (roundAt: string) =>
      `Waiting for the random number since ${roundAt}. However long it takes, no other one is used.`,
    drawn: (drawnAt: string) => `Drawn on ${drawnAt}.`,
    givenUp: (at: string) => `This draw was given up on ${at}. There will be no other one.`,
    nobody: 'Nobody entered, so there was nothing to draw.',
  },
  reasons: {
    cancelled: 'The event was cancelled before its random number was due.',
    beacon_silent: 'The random source was silent for an hour.',
    undrawn_at_end: 'The sale ended before the draw could be made.',
  } satisfies Record<GiveUpReason, string>,
  refreshed: (seconds: number) => `This page updates by itself, every ${number(seconds)} seconds.`,
  localTitle: 'The random source is the shop’s own: this proves nothing to outsiders',
  localBody:
    'The shop runs the random source of this draw itself, and knows its numbers in advance. That is for developers and rehearsals.',

  picture: (stage: string) =>
    `The way of a draw: entries, list closed, random number, drawn. Now: ${stage}`,
  stages: { entered: 'Entries', locked: 'List closed', beacon: 'Random', drawn: 'Drawn' },
  stageNow: {
    open: 'people enter',
    locked: 'the list is closed',
    waiting_for_beacon: 'waiting for the random number',
    drawn: 'drawn',
    given_up: 'given up',
    nobody: 'nobody entered',
  },
  givenUpShort: 'Given up',

  stepsTitle: 'What happens',
  step: {
    toStart: (round: number) =>
      `When the first person enters, the shop fixes what is drawn, until when one can enter, and which random number decides: number ${number(round)} of the random source.`,
    started: (round: number, units: number) =>
      `When the first person entered, the shop fixed what is drawn (${plural(units, 'unit', 'units')}), until when one can enter, and which random number decides: number ${number(round)} of the random source.`,
    chain: (entries: number, left: number) =>
      `So far ${plural(entries, 'entry', 'entries')}, ${number(left)} of them withdrawn, ${noun(entries, 'stands', 'stand')} in a public list: each line has a fingerprint of all lines before it, so that a later change of the list shows.`,
    chained: (entries: number, left: number) =>
      `${plural(entries, 'entry', 'entries')}, ${number(left)} of them withdrawn, ${noun(entries, 'stands', 'stand')} in a public list: each line has a fingerprint of all lines before it, so that a later change of the list shows.`,
    toLock: (closes: string) =>
      `On ${closes}, the list is closed: whoever comes later is behind all others.`,
    locked: (at: string) =>
      `On ${at}, the list was closed: whoever came later is behind all others.`,
    toBeacon: (roundAt: string) =>
      `On ${roundAt}, the random source publishes that number, which nobody can know before, nor choose.`,
    toBeaconLocal: (roundAt: string) =>
      `On ${roundAt}, the shop’s own random source gives that number, which the shop can know before.`,
    beaconLate: (roundAt: string) =>
      `That number was due on ${roundAt} and is not there yet: the draw waits for it.`,
    beacon: (roundAt: string) =>
      `On ${roundAt}, the random source published that number, which nobody could know before, nor choose.`,
    beaconLocal: (roundAt: string) =>
      `On ${roundAt}, the shop’s own random source gave that number, which the shop could know before.`,
    toDraw:
      'From the list and that number, a fixed computation makes a score for each entry: the smallest is served first.',
    drawn: (at: string) =>
      `On ${at}, a fixed computation made a score for each entry from the list and that number: the smallest is served first.`,
    givenUp: (at: string) => `On ${at}, the draw was given up: nobody has a rank.`,
  },

  countsTitle: 'When people entered',
  counts: {
    lead: 'If somebody had entered many invented people at once, it would show here as a sudden jump. The check below counts all of it again.',
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
    records: 'Lines in the list: entered or withdrawn',
    headOpen: 'Fingerprint of the list so far (head)',
    head: 'Fingerprint of the list (head)',
    beacon: 'Random source',
    drand: 'drand (quicknet), public, run by many organisations',
    local: 'of this shop',
    round: 'Which of its numbers (round)',
    roundDue: (round: number, at: string) => `${number(round)}, due ${at}`,
    more: 'For whoever computes it again',
    signature: 'Signature of the random source',
    randomness: 'Random number',
    seed: 'Seed, made of the list and the random number',
    ranking: 'Fingerprint of all ranks',
    statements: 'What the shop signed',
  },
  copy: 'Copy',
  copyOf: (name: string) => `Copy: ${name}`,
  copied: 'Copied.',
  notCopied: 'Your browser did not allow that. Please mark and copy it by hand.',

  limitsTitle: 'What this does not prove',
  limits: {
    invented:
      'That everybody in the list is real. A shop could enter people that it invented, and no computation shows that: look at the bars above.',
    taken: 'That your entry is in the list. Only a check with your receipt proves that: keep it.',
    sameList:
      'That everybody is shown the same list. Compare the fingerprint of the list below with somebody else’s.',
    later:
      'In which order those are served who came after the list was closed. They are not in it.',
    beacon:
      'That the random source is honest. Many organisations run it; if enough of them agreed in secret, they could know a number early or hold it back, but never choose it.',
    localBeacon:
      'That the shop did not know the random number before: the random source is its own.',
  },

  howTitle: 'How to check it without this shop',
  how: 'The check above is a program that this shop sent to your browser. Here is all that you need to check with another program, or to write one in an afternoon.',
  links: {
    draw: 'The draw as JSON',
    entries: 'The whole list',
    keys: 'The shop’s public keys',
    fairness: 'How the draw is computed, in full',
    program: 'A checker in Python',
  },

  checkTitle: 'Check it now',
  checkLead:
    'Your browser loads the whole list and computes the draw again by itself. It sends nothing anywhere.',
  receipt: 'Your receipt (optional)',
  receiptHint:
    'The long text that you got for your entry. With it the check finds your entry, and proves that the list is still the one that you entered. While you are signed in, your entry is found without it.',
  receiptLost: 'Lost your receipt? Sign in: it is kept at your place in line, under',
  receiptLostWay: 'My orders',
  ownKnown: (count: number) =>
    count === 1
      ? 'You are signed in: your entry in this draw is looked up too.'
      : `You are signed in: your ${number(count)} entries in this draw are looked up too.`,
  keepReceipt: 'Keep your receipt: later it proves that the list is still the same.',
  receiptFor: (item: string) => `receipt for ${item}`,
  check: 'Check the draw',
  checkAgain: 'Check again',
  stop: 'Stop',
  loadingList: 'Loading…',
  progress: (records: number, of: number) => `${number(records)} of ${number(of)} lines`,
  progressLabel: 'Lines that were checked',
  computing: 'The whole list is read. Computing the ranks…',
  right: 'All of it is right.',
  rightLocal: 'The computation is right, but it cannot show that this draw was fair.',
  rightSoFar: 'What there is so far is right.',
  rightIncomplete: 'What could be checked is right.',
  wrong: 'Do not believe this draw.',
  wrongLead: 'This was found:',
  pasteAgain:
    'Please copy your receipt once more, and check again. It changes nothing in the draw.',
  counted: (records: number, entries: number) =>
    `Computed again: ${plural(records, 'line', 'lines')}, ${plural(entries, 'entry', 'entries')}.`,
  countedRanks: (ranked: number) => `${plural(ranked, 'rank', 'ranks')} compared.`,
  atRecord: (seq: number) => `First at line ${number(seq)}.`,
  failed: 'The data could not be loaded, so nothing was checked.',
  notes: {
    not_drawn:
      'Nothing is drawn: the list, what was fixed before it and what the shop signed were checked.',
    nobody_entered: 'Nobody entered: there is nothing to prove.',
    local_beacon:
      'The random source is the shop’s own: the shop could know the random number before the list was closed.',
    list_behind: 'The list was a little older than the draw. Check again in some seconds.',
    signatures_unchecked:
      'The shop’s signatures were not checked: your browser does that on pages with https only.',
  } satisfies Record<CheckNote, string>,

  ownTitle: 'Your entry',
  own: {
    rank: (rank: number, of: number) => `Rank ${number(rank)} of ${number(of)}`,
    noRank: 'No rank yet',
    left: 'Withdrawn before the list was closed, so without a rank',
    record: (seq: number, at: string) => `Line ${number(seq)} of the list, ${at}`,
    score: 'Score',
    head: 'Fingerprint of the list up to this line (head)',
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
