/** Every word the shop shows, in English. Must hold texts only; another language is another such file. */
import { type DurationParts, secondsLeft, spokenParts } from '../format/times.ts';
import { noun, number, plural } from './numbers.ts';
import type { CallProblemCode } from './problem-code.ts';

/** What the first screens can meet; the words of all other problems are in lazy/. */
const problems = {
  malformed: 'Something in the form is not right. Please check what is marked.',
  unauthenticated: 'Please sign in first.',
  token_expired: 'You have been signed out. Please sign in again.',
  limit_reached: 'You have reached the limit per customer for this item.',
  not_found: 'There is nothing here. It may have been removed.',
  sold_out: 'Someone was faster: nothing is left right now.',
  changed: 'The price has changed since this page was loaded. Nothing was bought.',
  not_open: 'The sale has not opened yet.',
  closed: 'The sale is over.',
  rate_limited: 'That was a little too fast. Wait a moment and try again.',
  internal: 'Something went wrong on our side. Please try again.',
  busy: 'Too many people at once. Please try again in a moment.',
  unavailable: 'The shop cannot be reached for a moment. Please try again.',
  offline: 'No connection. Check your network and try again.',
  no_answer: 'No answer came in time. Trying again is safe: nothing is bought twice.',
} satisfies Partial<Record<CallProblemCode, string>>;

const texts = {
  skipToContent: 'Skip to content',
  mainNavigation: 'Main',
  events: 'Drops',
  orders: 'My orders',
  admin: 'Admin',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signOutHere: 'Sign out on this device',
  signedInAs: (name: string) => `Signed in as ${name}`,
  loading: 'Loading…',
  tryAgain: 'Try again',
  reload: 'Reload the page',
  partMissing:
    'The shop was renewed while this page was open. Reload it to go on; what you typed is kept.',
  offlineBanner: 'You are offline. What you see may be out of date.',
  outOfDate: 'This may be out of date.',
  requestId: (id: string) => `Reference: ${id}`,

  eventsTitle: 'Limited drops, sold in seconds.',
  eventsLead:
    'A drop is a small number of things, on sale from one moment on. When they are gone, they are gone.',
  eventsEmpty: 'No drops are planned right now. Look in again soon.',
  finder: {
    field: 'Search drops and items',
    search: 'Search',
    all: 'All',
    nothing: 'Nothing found. Try fewer words.',
  },
  groups: { live: 'On sale now', locked: 'Opening soon', closed: 'Past drops' },
  showMore: 'Show more',

  status: { locked: 'Opens soon', live: 'On sale', sold_out: 'Sold out', closed: 'Over' },
  draw: 'Draw',
  drawProof: 'How it is drawn',
  waitlist: 'Waitlist',
  opensIn: 'Opens in',
  dayCount: (count: number) => plural(count, 'day', 'days'),
  opensInDigits: (digits: string) => `Opens in ${digits}`,
  closesIn: 'Closes in',
  opensAt: (time: string) => `Opens ${time}`,
  closesAt: (time: string) => `Closes ${time}`,
  closedAt: (time: string) => `Closed ${time}`,
  closedByHand: (time: string) => `Closed by the shop ${time}`.trim(),
  calledOff: (time: string) => `Called off ${time}`.trim(),
  units: {
    days: (count: number) => noun(count, 'day', 'days'),
    hours: (count: number) => noun(count, 'hour', 'hours'),
    minutes: () => 'min',
    seconds: () => 'sec',
  },
  spokenDuration,
  spokenRemaining,
  itemCount: (count: number) => plural(count, 'item', 'items'),

  eventTitle: 'Drop',
  allEvents: 'All drops',
  itemsTitle: 'In this drop',
  noItems: 'This drop has no items yet.',
  holdNote: (duration: string) =>
    `When you press Buy, it is held for you for ${duration}: nobody else can take it. Order in that time, or it goes back on sale.`,
  stockLabel: 'Stock',
  stockLeft: (count: number) => `${number(count)} left`,
  stockHeld: (count: number) => `${number(count)} held`,
  stockSold: (count: number) => `${number(count)} sold`,
  stockOf: (count: number) => `of ${number(count)}`,
  limitPerCustomer: (limit: number) => `Up to ${number(limit)} per customer`,
  limitOverAll: 'All options count together.',
  chooseVariant: 'Choose an option',
  chooseSize: 'Choose a size',
  priceFrom: (price: string) => `from ${price}`,
  tax: { included: 'incl. tax', added: 'plus tax' },
  variantSoldOut: 'sold out',
  variantHeld: 'all on hold – may come back',
  variantOnHold: 'On hold',
  verifiedOnly: 'Only accounts with a confirmed e-mail address can buy.',
  verifyYours: 'Confirm yours',
  paidOnline: (duration: string) => `You pay online, within ${duration} of reserving.`,
  paidInTurn: (duration: string) => `You pay online, within ${duration} of your turn.`,
  mailboxLimit: 'Addresses of one mailbox share one limit.',
  quantity: 'Quantity',
  buy: 'Buy',
  buyAgain: 'Buy again',
  buyAt: (price: string) => `Buy at ${price}`,
  buySignedOut: 'Sign in to buy',
  buying: 'Reserving…',
  offer: {
    locked: 'Not open yet',
    all_held: 'Try for a returned unit',
    sold_out: 'Sold out',
    closed: 'Sale over',
  },
  allHeldHint: 'All are taken, but some are only held for now: one may come back.',
  itemLabel: (action: string, item: string) => `${action}: ${item}`,

  holdTitle: 'Held for you',
  legalPages: 'Legal information',
  legal: {
    imprint: 'Legal notice',
    terms: 'Terms',
    privacy: 'Privacy',
    returns: 'Returns',
  },
  retrying: 'This takes longer than usual. Still trying…',

  notFoundTitle: 'Nothing here',
  notFoundBody: 'The page you asked for does not exist, or not any more.',
  backToEvents: 'Back to all drops',

  languageSwitch: 'Language',

  // The page as it arrives.
  addToCalendar: 'Add to calendar',
  // What the first screens say of the item, the hold and the account.
  itemDetails: 'Details and ratings',
  pictures: 'Pictures',
  pictureNth: (n: number, count: number) =>
    count > 1 ? `Picture ${number(n)} of ${number(count)}` : 'Picture',
  itemMissing: 'This item is not part of the drop, or not any more.',
  backToEvent: 'Back to the drop',
  ratingsTitle: 'Ratings',
};

export const EN = { language: 'en' as const, problems, texts };

/** In steps worth saying aloud; a step of the last minute is said when it begins. */
function spokenRemaining(remainingMs: number): string {
  const seconds = secondsLeft(remainingMs);
  const spoken = spokenDuration(spokenParts(remainingMs));
  return seconds > 0 && seconds < 60 ? `less than ${spoken}` : spoken;
}

function spokenDuration({ days, hours, minutes, seconds }: DurationParts): string {
  const parts = [
    days > 0 && plural(days, 'day', 'days'),
    hours > 0 && plural(hours, 'hour', 'hours'),
    minutes > 0 && plural(minutes, 'minute', 'minutes'),
    seconds > 0 && plural(seconds, 'second', 'seconds'),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'no time';
}
