/** The words of where an order goes, and of what it costs with that, in English. Must hold texts only. */
import { number } from '../numbers.ts';

export const ADDRESS_EN = {
  title: 'Delivery address',
  lead: 'Where should it go?',
  choose: 'Please choose',

  // The parts. What some are called depends on the country.
  country: 'Country or region',
  name: 'First and last name',
  company: 'Company',
  line1: 'Street and number',
  line2: 'Flat, floor or addition',
  phone: 'Phone number',
  phoneHint: 'Only for questions about the delivery.',
  optional: (label: string) => `${label} (optional)`,
  postalCode: {
    postal: 'Postal code',
    zip: 'ZIP code',
    pin: 'PIN code',
    eircode: 'Eircode',
  },
  city: {
    city: 'Town or city',
    post_town: 'Post town',
    suburb: 'Suburb',
    district: 'District',
  },
  region: {
    province: 'Province',
    state: 'State',
    prefecture: 'Prefecture',
    department: 'Department',
    district: 'District',
    county: 'County',
    parish: 'Parish',
    island: 'Island',
    emirate: 'Emirate',
    area: 'Area',
    oblast: 'Oblast',
    do_si: 'Province or metropolitan city',
  },

  // What is wrong with one.
  faults: {
    missing: 'Please fill this in.',
    notChosen: 'Please choose one.',
    postalCode: (country: string) => `This is no postal code of ${country}.`,
    tooLong: (max: number) => `Use at most ${number(max)} characters.`,
    characters: 'There is something in it that cannot be seen. Please type it anew.',
    notDelivered: (country: string) => `This is not delivered to ${country}.`,
    other: 'Please check this.',
  },
  check: 'Something in the address is not right. Please check what is marked.',

  keep: 'Keep this address for next time',
  use: 'Deliver to this address',
  saved: 'Your saved address',
  useSaved: 'Deliver to it',
  useOther: 'Use another address',
  change: 'Change address',
  save: 'Save address',
  saving: 'Saving…',
  savedNow: 'The address is saved.',
  cancel: 'Leave it as it is',
  needed: 'Say first where it goes, then you see what it costs in all.',
  neededFree: 'Say first where it goes, then you can confirm.',
  missing: 'The address is still missing. Please add it, so that it can be sent.',
  fixed: 'Once it is sent, the address can no longer be changed.',

  // On the profile.
  profileLead: 'It is offered when you buy something that is sent to you.',
  none: 'No address is kept.',
  add: 'Add an address',
  forget: 'Delete address',
  forgetAsk: 'Delete the kept address?',
  forgotten: 'The address is deleted. Orders keep the one that they were made with.',

  // What it costs.
  totals: {
    title: 'What it costs',
    items: 'Items',
    shipping: 'Shipping',
    shippingTo: (country: string) => `Shipping to ${country}`,
    free: 'Free of charge',
    taxAdded: (percent: string) => `Plus ${percent} tax`,
    taxIncluded: (percent: string) => `Including ${percent} tax`,
    taxAddedUnnamed: 'Plus tax',
    taxIncludedUnnamed: 'Including tax',
    total: 'Total',
  },

  // On the page of a drop.
  where: {
    title: 'Delivery',
    everywhere: 'It is delivered everywhere, free of charge.',
    line: (countries: string, price: string) => `${countries}: ${price}`,
    elsewhere: 'Everywhere else',
    perOrder: 'Once per order.',
  },
};
