/**
 * Seeds that are known to catch a mistake in SQL, to be played first: a seed on a real Postgres costs half
 * a second. A seed that does not catch it any more costs one more, since all others are played then.
 */
export const CATCHING_SEEDS: Readonly<Record<string, number>> = {
  'does not recognise a resend by its order id': 9,
  'cancels what has expired, so units come back twice': 7,
  'confirms what was cancelled': 48,
  'confirms late without taking the unit again': 7,
  'confirms late although the unit is gone': 7,
  'gives a hold at another price than was shown': 22,
  'opens a millisecond early': 16,
  'sells to deactivated customers': 9,
  'leaves the holds of the deactivated standing': 10,
  'gives back no unit of what the deactivated held': 10,
  'grants together to those whose login has ended': 12,
  'grants together to those whose one login has ended': 11,
  'confirms for somebody whose one login has ended': 24,
  'sells one by one to those whose one login has ended': 11,
  'grants together to the deactivated': 11,
  'confirms for somebody whose login has ended': 51,
  'gives nobody again what they held before they were unverified': 19,
  'grants together to several accounts of one mailbox': 23,
  'counts each account of a mailbox alone': 23,
  'confirms late over the limit of the mailbox': 23,
  'counts only what a mailbox has bought': 13,
  'counts only what a mailbox holds': 13,
  'takes each address for a mailbox of its own': 23,
  'writes no row for a late confirmation': 7,
  'writes no row where the hold was written off before': 7,
  'numbers the items of a plan from the first again': 5,
  'gives a plan’s items the numbers after as many as there are': 5,
};
