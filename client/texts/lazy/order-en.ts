/** The words of one's own order, in English. Must hold texts only. */
export const ORDER_EN = {
  title: 'Your order',
  number: 'Order number',
  copy: 'Copy number',
  copied: 'Copied.',
  notCopied: 'Your browser does not allow that. Select the number instead.',
  unitPrice: 'Price of one',
  total: 'Total',
  reserved: 'Reserved',
  ended: {
    pending: 'Held until',
    confirmed: 'Confirmed',
    cancelled: 'Given back',
    expired: 'Ran out',
  },
  sent: 'Sent on',
  parcel: 'Parcel',
  track: 'Track the parcel',
  questions: 'Questions?',
  askByMail:
    'Answer the mail that confirmed this order. Or ask in the discussion of the drop, but leave the number out there.',
  askHere: 'Ask in the discussion of the drop, but leave the order number out there.',
  toEvent: 'To the drop and its discussion',
  print: 'Print',
  missing: 'There is no such order in this account.',
};
