/** Every word of what is fetched after the first screen, in English. Must hold texts only. */
import type { PasswordFault } from '../../../worker/contract/password-rules.ts';
import type { EN } from '../en.ts';
import { number } from '../numbers.ts';
import type { CallProblemCode } from '../problem-code.ts';
import { ACCOUNT_EN } from './account-en.ts';
import { ADDRESS_EN } from './address-en.ts';
import { ADMIN_PROBLEMS } from './admin-problems-en.ts';
import { GALLERY_EN } from './gallery-en.ts';
import { LEGAL_EN } from './legal-en.ts';
import { NEXT_EN } from './next-en.ts';
import { ORDER_EN } from './order-en.ts';
import { PAYMENT_EN } from './payment-en.ts';
import { PURCHASE_EN } from './purchase-en.ts';
import { PUSH_EN } from './push-en.ts';
import { QUEUE_EN } from './queue-en.ts';
import { REVIEWS_EN } from './reviews-en.ts';

export const LAZY_EN = {
  // Orders.
  orderStatus: {
    pending: 'On hold',
    confirmed: 'Confirmed',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
  orderLine: (quantity: number, price: string) => `${number(quantity)} × ${price}`,
  unitCameBack: 'A unit has come back. Try again.',

  partOf: (event: string) => `Part of ${event}`,

  ...REVIEWS_EN,

  // The profile.
  profileTitle: 'Profile',
  emailFixed: 'You sign in with this address. It cannot be changed.',
  saveName: 'Save name',
  nameSaved: 'Your name is saved. It shows with everything you have written.',
  passwordTitle: 'Change password',
  passwordLead: 'All other devices are signed out.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  currentPasswordWrong: 'This is not your current password.',
  savePassword: 'Change password',
  passwordSaved: 'Your password is changed. Other devices have to sign in again.',
  loginsTitle: 'Where you are signed in',
  loginsLead: 'Each device is called what its browser called itself when you signed in.',
  unknownDevice: 'Unknown device',
  thisDevice: 'This device',
  lastUsed: (time: string) => `Last used ${time}`,
  signedInSince: (time: string) => `Signed in ${time}`,
  endLoginAsk: (device: string) => `Sign out ${device}?`,
  loginEnded: (device: string) => `${device} is signed out.`,
  signOutEverywhere: 'Sign out everywhere',
  signOutEverywhereAsk: 'Sign out on all devices, this one too?',
  ordersLead: 'What you hold, bought, gave back or missed, and where you are waiting in line.',

  // A hold.
  holdBody: (quantity: number, price: string) =>
    `${number(quantity)} × ${price}. Confirm before the time runs out.`,
  holdRemaining: (spoken: string) => `Held for another ${spoken}`,
  holdMeans: 'Nobody else can buy it in that time.',
  confirm: 'Order with obligation to pay',
  confirming: 'Confirming…',
  giveBack: 'Give it back',
  givingBack: 'Giving it back…',

  // The bar that tells of a hold on every screen.
  holdBar: 'Your holds',
  holdBarOne: (item: string) => `${item}, held for you`,
  holdBarUnit: 'One unit, held for you',
  holdBarMore: (count: number) => (count === 1 ? 'and 1 more' : `and ${count} more`),
  holdBarGo: 'Go to hold',
  reportLink: 'Report: what became of this drop',
  cancelledNote:
    'This sale was called off. If you paid for something, you get all of it back. Everybody who bought or waited gets an e-mail, and you do not have to do anything.',
  holdBarEnded: 'Your hold has ended. The unit is on sale again.',
  holdBarAgain: 'Try again',
  dismiss: 'Dismiss',

  account: ACCOUNT_EN,
  address: ADDRESS_EN,
  payment: PAYMENT_EN,
  legal: LEGAL_EN,
  gallery: GALLERY_EN,
  next: NEXT_EN,
  purchase: PURCHASE_EN,
  push: PUSH_EN,
  queue: QUEUE_EN,

  // Accounts and orders.
  signInTitle: 'Sign in',
  signInLead: 'Sign in before the drop opens, so that only Buy is left to press.',
  signingIn: 'Signing in…',
  register: 'Create an account',
  registerTitle: 'Create an account',
  registerLead: 'It takes half a minute, and then you are ready for every drop.',
  registering: 'Creating your account…',
  newHere: 'New here?',
  haveAccount: 'Have an account?',
  email: 'E-mail',
  password: 'Password',
  displayName: 'Name',
  displayNameHint: 'Shown to you and in discussions.',
  passwordHint: 'At least 8 characters.',
  fieldMissing: 'Please fill this in.',
  fieldErrors: {
    email: 'This is not an e-mail address we can use.',
    password: 'Use between 8 and 200 characters.',
    displayName: 'Use one line of 1 to 60 characters that can be seen.',
  },
  passwordFaults: {
    too_short: 'Use at least 8 characters that can be seen.',
    too_common: 'Too many people use this one. Choose another.',
    too_simple: 'This is too easy to guess. Choose another.',
    too_personal: 'Leave out your name, your e-mail and SwiftDrop, or add more.',
    unchanged: 'This is the password you have already.',
  } satisfies Record<PasswordFault, string>,
  ordersTitle: 'My orders',
  ordersEmpty: 'You have not ordered anything yet.',
  ordersEmptyAction: 'See the drops',
  orderedAt: (time: string) => `Reserved ${time}`,
  resumeHold: (digits: string) => `${digits} left – confirm or give back`,
  order: ORDER_EN,
  orderNotes: {
    pending: 'Held for you until the time runs out.',
    confirmed: 'Yours.',
    cancelled: 'You gave it back.',
    expired: 'The time ran out, and it went back on sale.',
  },

  /** All that no first screen meets. */
  problems: {
    forbidden: 'You are not allowed to do that.',
    hold_expired: 'Your hold ended and the unit went to someone else.',
    order_confirmed: 'This order is already confirmed.',
    order_cancelled: 'This order was cancelled.',
    event_ended: 'The sale ended before the order was confirmed.',
    invalid_credentials: 'E-mail or password is wrong.',
    method_not_allowed: 'This page is out of date. Please reload it.',
    idempotency_key_reused: 'That did not work out. Please try once more.',
    upgrade_required: 'This page is out of date. Please reload it.',
    precondition_failed: 'Somebody else changed this meanwhile.',
    event_cancelled: 'This event was cancelled, for good.',
    draw_due:
      'The result of the draw is known already, so it is drawn. You can cancel this event once that is done.',
    mail_suppressed:
      'Our mails to this address come back. Please choose another address on your profile.',
    mail_not_suppressed: 'Nothing keeps mail from this address.',
    account_deleted: 'This account was deleted by its owner.',
    reply_too_deep: 'Replies are not nested any deeper here.',
    email_taken: 'There is an account with this e-mail address. Sign in instead?',
    name_reserved: 'This name looks like the shop’s own. Please choose another.',
    email_unverified: 'Please confirm your e-mail address first.',
    payment_required: 'This order has to be paid first.',
    already_open: 'The sale has opened already.',
    too_many_reminders: 'You have as many reminders as one can have. Turn one off first.',
    ...ADMIN_PROBLEMS,
    mail_unavailable: 'This shop sends no e-mail.',
    push_unavailable: 'This shop sends no notifications.',
    push_service_unknown: 'The shop cannot send notifications to this browser.',
    link_invalid: 'The link no longer works: it was used or is too old. Please ask for a new one.',
    too_large: 'That is too long to send.',
    queue_ahead: 'Others have been waiting longer: they are served first.',
    stock_available: 'Units are free right now: you can buy at once.',
    queue_closed: 'This sale has no waitlist.',
    queue_full: 'The waitlist is full.',
    has_entries: 'People are in the queue already, so this can no longer be changed.',
    no_payment_provider: 'This shop takes no payments online.',
    no_payment_due: 'This order does not have to be paid online.',
    address_required: 'Please say first where it goes.',
    not_delivered_there: 'It is not delivered to this country.',
    address_fixed:
      'Delivery there would cost another price than was agreed, so the country stays as it is.',
    already_sent: 'The order was sent already.',
    no_report: 'This sale has no public report.',
    no_address_needed: 'Nothing is delivered for this order.',
    amount_not_payable: 'This amount cannot be paid online.',
    not_waiting: 'This entry does not wait any more, so it stays as it is.',
    unsupported_media_type: 'This page is out of date. Please reload it.',
  } satisfies Record<Exclude<CallProblemCode, keyof typeof EN.problems>, string>,
};
