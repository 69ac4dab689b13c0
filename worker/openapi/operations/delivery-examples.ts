/** Examples in the description: an order that is neither paid online nor delivered. */
export const NOTHING_DELIVERED = { needsAddress: false, shipping: [] };

export const PLAIN_ORDER = {
  entryId: null,
  payOnline: false,
  payment: null,
  unitsReturned: 0,
  needsAddress: false,
  address: null,
  totals: {
    lines: [{ kind: 'items', amountCents: 24900, included: false }],
    totalCents: 24900,
  },
};

export const ADDRESS = {
  name: 'Grace Example',
  line1: 'Invalidenstraße 117',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
