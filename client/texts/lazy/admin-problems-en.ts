/** Why what only admins do is refused, in English. */

export const ADMIN_PROBLEMS = {
  event_in_use:
    'Something of this event was held or sold, so it stays. You can close it or take it off the lists.',
  plan_unfit: 'The plan does not fit any more.',
  event_not_locked: 'This event can no longer be edited.',
  item_numbers_used_up: 'This event has had as many items as it can. Please plan a new one.',
  stock_in_use: 'More units than that are held or sold already.',
  item_in_use: 'This item is part of an event.',
  variant_in_use: 'A size or variant that you removed is part of an event.',
  own_account: 'This account is your own.',
  last_admin: 'One admin must stay active.',
  order_not_confirmed: 'This order is not confirmed.',
  order_not_sent: 'This order was not sent.',
  order_returned: 'All of this order was returned.',
  order_not_paid: 'This order does not rest on a payment.',
  payment_disputed:
    'The customer disputes this payment at their bank. Until that is decided, nothing can be refunded.',
  refund_too_large: 'Less than that is left to be refunded.',
  not_given_up: 'This was not given up; only what was can be tried again.',
  pictures_unavailable: 'This shop takes no pictures.',
  unusable_picture:
    'This file cannot be used as a picture. Take a JPEG, PNG, WebP or AVIF that does not move.',
  picture_too_large: 'This picture has too many pixels.',
};
