/** What the console's search says, in English. */
import { number } from '../../texts/numbers.ts';

export const SEARCH_EN = {
  label: 'Search the shop',
  placeholder: 'Order, customer, event, item',
  hint: 'Type part of a name, an e-mail address or an order number.',
  tooShort: 'Type at least two letters or digits.',
  searching: 'Searching…',
  nothing: (text: string) => `Nothing has “${text}” in its name.`,
  results: 'Search results',
  count: (count: number) => (count === 1 ? 'One result' : `${number(count)} results`),
  groups: { orders: 'Orders', customers: 'Customers', events: 'Events', items: 'Items' },
  all: {
    orders: 'Search all orders',
    customers: 'Search all customers',
    events: 'Search all events',
    items: 'Search all items',
  },
  ofCustomer: (name: string) => `by ${name}`,
};
