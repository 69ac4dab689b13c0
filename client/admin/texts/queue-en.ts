/** How an event is planned as a draw or with a waitlist, in English. */

export const QUEUE_PLAN_EN = {
  formats: { first_come: 'First come, first served', draw: 'Draw' },
  formatHints: {
    first_come: 'The sale opens at its time, and whoever presses first buys first.',
    draw: 'People enter before the opening. Then their order is drawn by lot, and one after the other gets an offer that is held for them: nobody has to be fast. It opens at its time and cannot be opened by hand.',
  },
  entriesClose: (time: string) =>
    `Entries close ${time}. Whoever enters later comes behind all others.`,
  entriesCloseBefore:
    'Entries close some seconds before the opening. Whoever enters later comes behind all others.',
  waitlistHints: {
    first_come:
      'Once all units are sold or held, people can enter a queue. A unit that comes back, or that you add, is offered to whoever has waited longest.',
    draw: 'People can still enter after the opening, behind all who were drawn.',
  },
  offerHint: 'How long an offer from the queue is held for its customer: 30 to 86,400 (a day).',
  queued: 'People are in the queue already.',
  mayChange:
    'Only texts, the order of the items, a later end, more stock and higher limits can still change.',
  onlyMore: 'The total can only go up.',
};
