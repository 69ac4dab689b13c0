/** What admins read of where orders go, and of what that costs, in English. Must hold texts only. */
import { number } from '../../texts/numbers.ts';

export const DELIVERY_EN = {
  needsAddress: 'Ask for a delivery address',
  shipping: 'What delivery costs',
  deliveries: {
    title: 'Delivery',
    addressHint: 'Whoever holds a unit says where it goes before they pay or confirm.',
    shippingHint:
      'Once per order, whatever is in it. Without a group it is delivered everywhere, free of charge; with groups, only where one of them says so.',
    group: (n: number) => `Group ${number(n)}`,
    elsewhere: 'Everywhere else',
    countries: 'Add a country',
    pick: 'Choose a country…',
    allThere: 'Every country is in a group.',
    addEu: 'Add the countries of the EU',
    removeCountry: (country: string) => `Remove ${country}`,
    price: (currency: string) => `Price in ${currency}`,
    addGroup: 'Add a group of countries',
    addElsewhere: 'Add everywhere else',
    removeGroup: (name: string) => `Remove ${name}`,
    free: 'free of charge',
    line: (countries: string, price: string) => `${countries}: ${price}`,
    /** In place of the names of so many countries. */
    countryCount: (count: number) => `${number(count)} countries`,
  },
  address: {
    missing: 'Address is missing',
    missingNote: 'The customer has not said yet where it goes.',
    erased: 'There is no address any more.',
    copy: 'Copy address',
    copied: 'Copied.',
    notCopied: 'Your browser does not allow that. Select the address instead.',
    correct: 'Correct it',
    enter: 'Enter an address',
    save: 'Save address',
    saved: 'The address is corrected.',
    fixed:
      'The order was sent, so its address is not corrected any more. “Not sent after all”, below, allows it again.',
    sentAlready: 'The order was sent already: take that back first, if it was not.',
  },
};
