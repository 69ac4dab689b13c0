/** Accounts and the caller's own profile. */
import {
  emailChangeSchema,
  emailVerificationSchema,
  forgottenPasswordSchema,
  loginListSchema,
  loginSchema,
  logoutSchema,
  passwordChangeSchema,
  passwordResetSchema,
  profileChangeSchema,
  registerSchema,
  sessionSchema,
  userSchema,
  verifiedEmailSchema,
} from '../../contract/accounts.ts';
import { loginIdSchema, orderIdSchema } from '../../contract/ids.ts';
import {
  orderHistoryEntrySchema,
  orderHistoryQuerySchema,
  orderHistorySchema,
} from '../../contract/orders.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const signedIn: SuccessAnswer = {
  description: 'Signed in.',
  schema: sessionSchema,
  example: EXAMPLES.session,
  headers: ['Set-Cookie'],
};

const CHOSEN_PASSWORD =
  'A password that is easily guessed is malformed, and the `reason` of its entry in `errors` says why.';

const LIMITED =
  'What is sent to one address is limited, and a request beyond that is answered the same.';

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
    answers: { 201: signedIn },
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
    answers: { 200: signedIn },
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
    answers: { 200: signedIn },
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
    answers: { 200: signedIn },
    problems: ['invalid_credentials', 'rate_limited', 'busy'],
  },
  {
    method: 'post',
    path: '/auth/password/forgotten',
    operationId: 'forgetPassword',
    tag: 'Accounts',
    summary: 'Have a link sent that gives a new password',
    description: `${LIMITED} The answer is the same for an address without an account. The link is good once and for 30 minutes.`,
    caller: 'anybody',
    body: { schema: forgottenPasswordSchema, example: EXAMPLES.forgottenPassword },
    answers: { 202: { description: 'If the address has an account, a link is on its way to it.' } },
    problems: ['rate_limited', 'mail_unavailable'],
  },
  {
    method: 'post',
    path: '/auth/password/reset',
    operationId: 'resetPassword',
    tag: 'Accounts',
    summary: 'Choose a new password by a link, and sign in',
    description: `Ends every login of the account but the one that it answers with, and its other links; the address is verified then. ${CHOSEN_PASSWORD} The link stays good after that.`,
    caller: 'anybody',
    body: { schema: passwordResetSchema, example: EXAMPLES.passwordReset },
    answers: { 200: signedIn },
    problems: ['link_invalid', 'rate_limited', 'busy'],
  },
  {
    method: 'post',
    path: '/auth/email/verify',
    operationId: 'verifyEmail',
    tag: 'Accounts',
    summary: 'Show by a link that an address is one’s own',
    description:
      'Verifies the account’s address, or gives it the one that was asked for. A link that has verified the account’s present address is answered the same again. If the next address has an account by now, nothing changes.',
    caller: 'anybody',
    body: { schema: emailVerificationSchema, example: EXAMPLES.emailVerification },
    answers: {
      200: {
        description: 'The account has this address, and it is verified.',
        schema: verifiedEmailSchema,
        example: EXAMPLES.verifiedEmail,
      },
    },
    problems: ['email_taken', 'link_invalid', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/auth/email/resend',
    operationId: 'resendVerification',
    tag: 'Accounts',
    summary: 'Have the link that verifies the address sent again',
    description: `${LIMITED} Nothing is sent to an address that is verified.`,
    caller: 'customer',
    answers: { 202: { description: 'A link is on its way, if there is something to verify.' } },
    problems: ['mail_unavailable'],
  },
  {
    method: 'put',
    path: '/auth/email',
    operationId: 'changeEmail',
    tag: 'Accounts',
    summary: 'Ask for another address',
    description: `Sends a link to the new address, and a notice to the present one, which stays the account’s until the link is used. ${LIMITED} The answer is the same where the new address has an account. Another request, or a new password, ends the link.`,
    caller: 'customer',
    body: { schema: emailChangeSchema, example: EXAMPLES.emailChange },
    answers: { 202: { description: 'A link is on its way to the new address.' } },
    problems: ['invalid_credentials', 'rate_limited', 'mail_unavailable'],
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
    description: 'As it is in the list. Somebody else’s order is not found.',
    caller: 'customer',
    params: { id: { schema: orderIdSchema, example: ORDER_ID } },
    revalidated: true,
    answers: {
      200: {
        description: 'The order.',
        schema: orderHistoryEntrySchema,
        example: EXAMPLES.order,
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
