/** Every word of the admin's screens, in one language. Must hold texts only. */
import { LANGUAGE } from '../texts.ts';

export const ADMIN_TEXTS = {
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
  edit: 'Edit',
  save: 'Save',
  saving: 'Saving…',
  back: { events: 'All events', event: 'The event’s room', catalogue: 'The catalogue' },
  no: 'Go back',
  number,
  percent: (share: number) =>
    new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 1 }).format(share),

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
  holdSeconds: 'Hold time in seconds',
  holdHint: 'How long a reserved unit waits to be confirmed: 5 to 1,800.',
  published: 'Published',
  publishedHint: 'A draft is seen and bought from by nobody but admins.',
  itemsTitle: 'Items on sale',
  pickItem: 'Add an item from the catalogue',
  pickNothing: 'Choose an item…',
  pickEmpty: 'The catalogue has nothing else.',
  pickMore: 'Find an item by name',
  price: (currency: string) => `Price in ${currency}`,
  stock: 'Stock',
  limit: 'Limit per customer',
  removeItem: (name: string) => `Remove ${name}`,
  remove: 'Remove',
  create: 'Create event',

  openNow: 'Open now',
  openAsk: 'Open this event now?',
  openBody:
    'Shoppers see it and can buy from the next moment on, until its planned end or until you close it.',
  closeNow: 'Close now',
  closeAsk: 'Close this event now?',
  closeBody:
    'Nobody can reserve or confirm from the next moment on. You can open it again until its planned end.',
  unpublished: 'This is a draft: shoppers do not see it, even while it is open.',
  openedByHand: (time: string) => `Opened by hand ${time}`,
  closedByHand: (time: string) => `Closed by hand ${time}`,
  inZone: (start: string, end: string, zone: string) =>
    `Planned ${start} to ${end}${end.endsWith(zone) ? '' : `, ${zone}`}`,
  shopPage: 'See it as shoppers do',
  exportCsv: 'Download orders (CSV)',
  exporting: 'Preparing…',
  figures: {
    revenue: 'Revenue',
    sold: 'Units sold',
    held: 'Units held',
    left: 'Units left',
    through: 'Sell-through',
    orders: 'Orders confirmed',
  },
  unitsTitle: 'Units by item',
  newTotal: (name: string) => `New total for ${name}`,
  setTotal: 'Set total',
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
  refusalsTitle: 'Refusals by reason',
  refusalsEmpty: 'Nobody was refused.',
  refusalColumns: { reason: 'Reason', count: 'Times' },

  newItem: 'New item',
  editItem: 'Edit item',
  searchItems: 'Search by name',
  catalogueEmpty: 'The catalogue is empty.',
  itemsNoneMatch: 'No item matches.',
  itemName: 'Name',
  category: 'Category',
  imageUrl: 'Picture',
  imageHint: 'An https URL, or a path of this site. May be left empty.',
  createItem: 'Create item',
  deleteItem: 'Delete',
  deleteAsk: (name: string) => `Delete ${name}?`,
  deleteBody: 'Only an item that is part of no event can be deleted.',

  searchCustomers: 'Beginning of the e-mail address',
  customersNoneMatch: 'No customer matches.',
  stateFilter: 'State',
  customerStates: { true: 'Active', false: 'Deactivated' },
  since: (time: string) => `since ${time}`,
  role: { customer: 'Customer', admin: 'Admin' },
  deactivate: 'Deactivate',
  deactivateAsk: (name: string) => `Deactivate ${name}?`,
  deactivateBody: 'They are signed out and cannot buy or confirm from now on.',
  activate: 'Activate',
  actionFor: (action: string, name: string) => `${action}: ${name}`,

  auditEmpty: 'No entry matches.',
  auditAction: 'Action, such as event.open',
  auditActor: 'Done by (id)',
  auditSubject: 'Done to (id)',
  auditFilter: 'Filter',
  auditChange: 'What changed',
  auditBefore: 'Before',
  auditAfter: 'After',
} as const;

/** How the API's schemas word what is wrong with a field, and how people are told. */
const FAULTS: readonly (readonly [RegExp, (limit: number) => string])[] = [
  [/^Too small: expected string to have >=1 characters$/, () => 'Please fill this in.'],
  [
    /^Too small: expected string to have >=(\d+) /,
    (min) => `Use at least ${number(min)} characters.`,
  ],
  [/^Too big: expected string to have <=(\d+) /, (max) => `Use at most ${number(max)} characters.`],
  [/^Too small: expected (?:number|int) to be >=(\d+)$/, (min) => `Use ${number(min)} or more.`],
  [/^Too big: expected (?:number|int) to be <=(\d+)$/, (max) => `Use ${number(max)} or less.`],
];

/** A field's fault as the API names it, in words for whoever filled it in. */
export function faultText(message: string): string {
  for (const [shape, textOf] of FAULTS) {
    const found = shape.exec(message);
    if (found) return textOf(Number(found[1]));
  }
  const plain = message.replaceAll('startsAt', 'the opening');
  return /^(must|is|does) /.test(plain) ? `This ${plain}.` : `${plain}.`;
}

function number(value: number): string {
  return new Intl.NumberFormat(LANGUAGE).format(value);
}
