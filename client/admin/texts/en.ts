/** Every word of the admin's screens, in English. Must hold texts only. */
import type { Stock } from '../../../worker/contract/events.ts';
import { number, percent } from '../../texts/numbers.ts';
import { AUDIT_EN } from './audit-en.ts';
import { CANCELLING_EN } from './cancelling-en.ts';
import { CHANGED_EN } from './changed-en.ts';
import { CHOSEN_EN } from './chosen-en.ts';
import { COMMITS_EN } from './commits-en.ts';
import { CONDITIONS_EN } from './conditions-en.ts';
import { CUSTOMERS_EN } from './customers-en.ts';
import { DELIVERY_EN } from './delivery-en.ts';
import { FACE_EN } from './face-en.ts';
import { HOME_EN } from './home-en.ts';
import { LEGAL_EN } from './legal-en.ts';
import { LIFECYCLE_EN } from './lifecycle-en.ts';
import { LISTS_EN } from './lists-en.ts';
import { MODERATION_EN } from './moderation-en.ts';
import { ORDER_EN } from './order-en.ts';
import { ORDERS_EN } from './orders-en.ts';
import { OUTBOX_EN } from './outbox-en.ts';
import { PAYMENTS_EN } from './payments-en.ts';
import { PICTURES_EN } from './pictures-en.ts';
import { QUEUE_EN } from './queue-en.ts';
import { REFUSALS_EN } from './refusals-en.ts';
import { SEARCH_EN } from './search-en.ts';
import { TRANSLATIONS_EN } from './translations-en.ts';
import { VARIANTS_EN } from './variants-en.ts';

export const ADMIN_EN = {
  title: 'Administration',
  navigation: 'Administration',
  sections: {
    events: 'Events',
    catalogue: 'Catalogue',
    customers: 'Customers',
    audit: 'Audit log',
  },
  notAdminTitle: 'For admins only',
  notAdminBody: 'You are signed in, but your account does not run the shop.',
  notAdminAction: 'Back to the shop',
  search: 'Search',
  all: 'All',
  noneSoFar: 'Nothing found yet. There is more to search.',
  edit: 'Edit',
  save: 'Save',
  saving: 'Saving…',
  done: {
    eventSaved: 'The event is saved.',
    itemSaved: 'The item is saved.',
    legalSaved: 'The text is saved.',
    legalDeleted: 'The text is deleted.',
  },
  back: { events: 'All events', event: 'The event', catalogue: 'The catalogue' },
  no: 'Go back',
  number,
  percent,
  changed: CHANGED_EN,
  payments: PAYMENTS_EN,

  newEvent: 'New event',
  eventsEmpty: 'There is no event yet.',
  eventsNoneMatch: 'No event matches.',
  searchEvents: 'Search by title',
  statusFilter: 'Status',
  draft: 'Draft',

  editEvent: 'Edit event',
  notLocked: 'This event has opened, or is over, and can no longer be edited.',
  eventTitle: 'Title',
  description: 'Description',
  currency: 'Currency',
  startsAt: 'Opens',
  endsAt: 'Closes',
  timeZone: 'Time zone',
  timeZoneHint: 'Both times are what clocks there show.',
  ...CONDITIONS_EN,
  ...DELIVERY_EN,
  itemsTitle: 'Items on sale',
  pickItem: 'Add an item from the catalogue',
  pickNothing: 'Choose an item…',
  pickEmpty: 'The catalogue has nothing else.',
  pickNew: 'Not there yet? What is filled in here is kept while you make it:',
  pickMore: 'Find an item by name',
  price: (currency: string) => `Price in ${currency}`,
  stock: 'Stock',
  limit: 'Limit per customer',
  removeItem: (name: string) => `Remove ${name}`,
  remove: 'Remove',

  openNow: 'Open now',
  openAsk: 'Open this event now?',
  openBody: 'Shoppers see it and can buy at once, until its planned end or until you close it.',
  closeNow: 'Close now',
  closeAsk: 'Close this event now?',
  closeBody:
    'Nobody can reserve a unit from the next moment on. What is held already can still be confirmed until the hold ends. You can open the event again until its planned end.',
  openedByHand: (time: string) => `Opened by hand ${time}`,
  closedByHand: (time: string) => `Closed by hand ${time}`,
  inZone: (start: string, end: string, zone: string) =>
    `Planned ${start} to ${end}${end.endsWith(zone) ? '' : `, ${zone}`}`,
  onOwnClock: (start: string, end: string) => `On your clock ${start} to ${end}`,
  shopPage: 'See it as shoppers do',
  exportCsv: 'Download orders (CSV)',
  exporting: 'Preparing…',
  figures: {
    revenue: 'Revenue from items',
    revenueCounts:
      'Revenue counts the items that were sold and not returned. It does not count delivery, tax that is added, or refunds without a return.',
    sold: 'Units sold',
    held: 'Units held',
    left: 'Units left',
    through: 'Sell-through',
    orders: 'Orders confirmed',
  },
  unitsTitle: 'Units by item',
  newTotalShort: 'New total',
  newTotal: (name: string) => `New total for ${name}`,
  setTotal: 'Set total',
  unitsNow: ({ remaining, total, sold, held }: Stock) =>
    `${number(remaining)} of ${number(total)} left: ${number(sold)} sold, ${number(held)} held.`,
  totalSet: (name: string, total: number) => `${name} now has ${number(total)} units in all.`,
  chartTitle: 'Sold over time',
  chartEmpty: 'Nothing was sold yet. The line begins when the sale opens.',
  chartLabel: (units: number, from: string, to: string) =>
    `Units sold from ${from} to ${to}: ${number(units)} in all.`,
  chartTable: 'As a table',
  chartColumns: {
    until: 'Until',
    units: 'Units',
    cumulative: 'Units in all',
    revenue: 'Revenue in all',
  },
  unitsAxis: 'Units sold',
  refusals: REFUSALS_EN,

  newItem: 'New item',
  editItem: 'Edit item',
  searchItems: 'Search by name',
  catalogueEmpty: 'The catalogue is empty.',
  itemsNoneMatch: 'No item matches.',
  itemName: 'Name',
  category: 'Category',
  createItem: 'Create item',
  deleteItem: 'Delete',
  deleteAsk: (name: string) => `Delete ${name}?`,
  deleteBody:
    'It is gone for good with its pictures and variants. Only an item that is part of no event can be deleted.',

  ...CUSTOMERS_EN,
  actionFor: (action: string, name: string) => `${action}: ${name}`,

  audit: AUDIT_EN,

  faults: {
    required: 'Please fill this in.',
    charsMin: (min: number) => `Use at least ${number(min)} characters.`,
    charsMax: (max: number) => `Use at most ${number(max)} characters.`,
    valueMin: (min: number) => `Use ${number(min)} or more.`,
    valueMax: (max: number) => `Use ${number(max)} or less.`,
    itemsMin: 'Add at least one item.',
    itemsMax: (max: number) => `Use at most ${number(max)} items.`,
    itemTwice: 'Each item may be here once only.',
    itemGone: 'This item is not in the catalogue any more.',
    variantTwice: 'Each variant needs a name of its own.',
    variantGone: 'The item no longer has this variant.',
    variantsMin: 'Give at least one variant a stock.',
    variantsMax: (max: number) => `Use at most ${number(max)} variants in all.`,
    amount: 'This must be an amount, with no more decimals than the currency has.',
    digitsMax: (max: number) => `Use at most ${number(max)} digits before the decimals.`,
    priceMax: (amount: string) => `Use ${amount} or less.`,
    saleMax: (amount: string) => `All units together must not be worth more than ${amount}.`,
    whole: 'This must be a whole number.',
    time: 'This must be a date and a time.',
    currency: 'This must be a currency.',
    link: 'This must be an address that begins with http:// or https://.',
    picture: 'This must be an https URL or a path of this site.',
    pictureTwice: 'This picture is there twice.',
    pictureGone: 'This picture is not kept any more. Upload it again.',
    timeZone: 'This must be the IANA name of a time zone.',
    characters: 'There are control characters in it. Please type it anew.',
    past: 'This must not be in the past.',
    aheadMax: (days: number) => `This must be within ${number(days)} days.`,
    endFirst: 'This must be after the opening.',
    endEarlier: 'People are in the queue: this can only become later.',
    lengthMax: (days: number) => `This must be at most ${number(days)} days after the opening.`,
    clockGap: 'Clocks are put forward then: this time does not exist in the time zone.',
    countriesMin: 'Add at least one country.',
    countryTwice: 'Each country may be in one group only.',
    elsewhereTwice: 'One group at most may be for everywhere else.',
    country: 'There is something in it that is no country.',
    addressless: 'Only together with a delivery address.',
    unpaidShipping: 'Delivery can cost something only where it is paid for online.',
    freeShipped: 'Where delivery costs something, nothing may be free of charge.',
    unpayableCurrency: 'The payment provider does not take this currency.',
    unpayable: 'The payment provider does not take this amount.',
    unpayablySmall: 'The payment provider does not take so little. Free of charge is possible.',
    unpayablyLarge: 'The payment provider does not take so much in one order.',
    mailless: 'This shop sends no e-mail, so nobody could verify an address.',
    unverifiedMailbox:
      'Only together with verified addresses: otherwise strangers can use up somebody’s limit.',
    /** In the API's own words, which are English. */
    unforeseen: (message: string) =>
      /^(must|is|does) /.test(message) ? `This ${message}.` : `${message}.`,
  },

  // The panel of commit metrics on a sale's screen.
  commits: COMMITS_EN,

  cancelling: CANCELLING_EN,
  order: ORDER_EN,
  orders: ORDERS_EN,
  chosen: CHOSEN_EN,

  queue: QUEUE_EN,
  finding: SEARCH_EN,
  moderation: MODERATION_EN,
  lists: LISTS_EN,
  home: HOME_EN,
  legal: LEGAL_EN,
  lifecycle: LIFECYCLE_EN,
  face: FACE_EN,
  outbox: OUTBOX_EN,
  pictures: PICTURES_EN,
  translations: TRANSLATIONS_EN,
  variants: VARIANTS_EN,
};
