/** Accounts and the caller's own profile. */
import {
  languageChangeSchema,
  loginListSchema,
  loginSchema,
  logoutSchema,
  ownMailSchema,
  passwordChangeSchema,
  profileChangeSchema,
  registerSchema,
  sessionSchema,
  userSchema,
} from '../../contract/accounts.ts';
import { loginIdSchema, orderIdSchema } from '../../contract/ids.ts';
import { orderHistoryQuerySchema, orderHistorySchema } from '../../contract/orders.ts';
import { ownOrderSchema } from '../../contract/own-order.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

export const SIGNED_IN: SuccessAnswer = {
  description: 'Signed in.',
  schema: sessionSchema,
  example: EXAMPLES.session,
  headers: ['Set-Cookie'],
};

export const CHOSEN_PASSWORD =
  'A password that is easily guessed is malformed, and the `reason` of its entry in `errors` says why.';

export const ACCOUNT_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/auth/register',
    operationId: 'register',
    tag: 'Accounts',
    summary: 'Make an account and sign in',
    description: `${CHOSEN_PASSWORD} Sets the cookies of the login and of the device. An address has one account, so sending it again makes no second one: it is refused, and whoever registered can sign in. A key is taken and changes nothing, since what the first answer holds is not kept.`,
    idempotent: true,
    caller: 'anybody',
    body: { schema: registerSchema, example: EXAMPLES.registration },
    answers: { 201: SIGNED_IN },
    problems: ['email_taken', 'name_reserved', 'rate_limited', 'busy'],
  },
  {
    method: 'post',
    path: '/auth/login',
    operationId: 'login',
    tag: 'Accounts',
    summary: 'Sign in',
    description:
      'Wrong passwords make the next attempts wait, by account and network. A device that has signed in before, as its cookie tells, is held up by nobody else’s.',
    caller: 'anybody',
    body: { schema: loginSchema, example: EXAMPLES.login },
    answers: { 200: SIGNED_IN },
    problems: ['invalid_credentials', 'rate_limited', 'busy'],
  },
  {
    method: 'post',
    path: '/auth/refresh',
    operationId: 'refresh',
    tag: 'Accounts',
    summary: 'Exchange the cookie for the next one and a new access token',
    description:
      'A cookie that is shown again within a minute is answered with the same next one, until that is used; later it ends its login, and no other. Refused to pages of other origins.',
    caller: 'anybody',
    refreshCookie: true,
    answers: { 200: SIGNED_IN },
    problems: ['unauthenticated', 'forbidden', 'rate_limited'],
    problemHeaders: { 401: ['Set-Cookie'] },
  },
  {
    method: 'post',
    path: '/auth/logout',
    operationId: 'logout',
    tag: 'Accounts',
    summary: 'Sign out, here or on every device',
    description:
      'Ends every login of whoever the access token or else the cookie belongs to, and the tokens they gave; with everywhere false, the login of the token and that of the cookie alone. Signing out again is answered the same.',
    caller: 'anybody',
    refreshCookie: true,
    body: { schema: logoutSchema, example: EXAMPLES.logout, optional: true },
    answers: { 204: { description: 'Nobody is signed in.', headers: ['Set-Cookie'] } },
    problems: ['forbidden', 'rate_limited'],
  },
  {
    method: 'put',
    path: '/auth/password',
    operationId: 'changePassword',
    tag: 'Accounts',
    summary: 'Change the password',
    description: `Ends every login of the account but the one that it answers with. ${CHOSEN_PASSWORD}`,
    caller: 'customer',
    body: { schema: passwordChangeSchema, example: EXAMPLES.passwordChange },
    answers: { 200: SIGNED_IN },
    problems: ['invalid_credentials', 'rate_limited', 'busy'],
  },
];

export const PROFILE_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/profile',
    operationId: 'getProfile',
    tag: 'Profile',
    summary: 'Read the caller’s own account',
    caller: 'customer',
    revalidated: true,
    answers: {
      200: { description: 'The account.', schema: userSchema, example: EXAMPLES.user },
    },
  },
  {
    method: 'put',
    path: '/profile',
    operationId: 'updateProfile',
    tag: 'Profile',
    summary: 'Change the caller’s own display name',
    caller: 'customer',
    body: { schema: profileChangeSchema, example: EXAMPLES.profileChange },
    answers: {
      200: { description: 'The account.', schema: userSchema, example: EXAMPLES.user },
    },
    problems: ['name_reserved'],
  },
  {
    method: 'get',
    path: '/profile/mail',
    operationId: 'getOwnMail',
    tag: 'Profile',
    summary: 'Whether the caller’s address can be written to',
    description:
      'Nothing is sent to an address from which mail came back for good, or whose owner complained to their provider, until the account has another one or an admin allows it again. Of an address that is not verified it is not told that somebody complained.',
    caller: 'customer',
    answers: {
      200: {
        description: 'Why no mail is sent, or null.',
        schema: ownMailSchema,
        example: { suppressed: 'bounced' },
      },
    },
  },
  {
    method: 'put',
    path: '/profile/language',
    operationId: 'setLanguage',
    tag: 'Profile',
    summary: 'Choose the language of the caller’s mails',
    description: 'Mails that wait are written in it too.',
    caller: 'customer',
    body: { schema: languageChangeSchema, example: { language: 'de' } },
    answers: { 204: { description: 'Mails are written in it from now on.' } },
  },
  {
    method: 'get',
    path: '/profile/orders',
    operationId: 'listOrders',
    tag: 'Profile',
    summary: 'List the caller’s orders, newest first',
    caller: 'customer',
    description: 'A hold that has ended is expired, whether or not it was written off.',
    query: orderHistoryQuerySchema,
    revalidated: true,
    answers: {
      200: {
        description: 'One page of orders.',
        schema: orderHistorySchema,
        example: EXAMPLES.orderHistory,
      },
    },
  },
  {
    method: 'get',
    path: '/profile/orders/{id}',
    operationId: 'getOrder',
    tag: 'Profile',
    summary: 'Read one of the caller’s orders',
    description:
      'As it is in the list, with the receipt of its payment. Somebody else’s order is not found.',
    caller: 'customer',
    params: { id: { schema: orderIdSchema, example: ORDER_ID } },
    revalidated: true,
    answers: {
      200: {
        description: 'The order.',
        schema: ownOrderSchema,
        example: { ...EXAMPLES.order, receipt: null },
      },
    },
  },
  {
    method: 'get',
    path: '/profile/logins',
    operationId: 'listLogins',
    tag: 'Profile',
    summary: 'List where the caller is signed in, the last used first',
    description:
      'A device is called what its browser called itself at the sign-in, or null. Current is the login that the access token was made for.',
    caller: 'customer',
    answers: {
      200: {
        description: 'At most ten logins.',
        schema: loginListSchema,
        example: EXAMPLES.loginList,
      },
    },
  },
  {
    method: 'delete',
    path: '/profile/logins/{id}',
    operationId: 'endLogin',
    tag: 'Profile',
    summary: 'Sign one device out',
    description: 'Ends one login of the caller and the tokens that it gave.',
    caller: 'customer',
    params: { id: { schema: loginIdSchema, example: EXAMPLES.loginList.logins[0].id } },
    answers: { 204: { description: 'It is signed out.' } },
  },
];
