/** How a sale is paid for, in English. Must hold texts only. */

export const PAYMENTS_EN = {
  kinds: { online: 'Online', none: 'Not here' },
  hints: {
    online:
      'Whoever holds a unit pays for it before the time runs out, and the payment confirms the order. Nobody is charged for a unit that they do not get. What is free of charge is confirmed without.',
    none: 'Whoever holds a unit confirms the order by a press. The shop takes no money.',
  },
  barred: 'Not possible here: this shop has no payment provider.',
};
