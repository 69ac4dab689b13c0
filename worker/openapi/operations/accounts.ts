/** Accounts and the caller's own profile. */
import {
  loginSchema,
  passwordChangeSchema,
  profileChangeSchema,
  registerSchema,
  sessionSchema,
  userSchema,
} from '../../contract/accounts.ts';
import { orderHistoryQuerySchema, orderHistorySchema } from '../../contract/orders.ts';
import { EXAMPLES } from '../examples.ts';
import type { Operation, SuccessAnswer } from '../operation.ts';

const signedIn: SuccessAnswer = {
  description: 'Signed in.',
  schema: sessionSchema,
  example: EXAMPLES.session,
  headers: ['Set-Cookie'],
};

export const ACCOUNT_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/auth/register',
    operationId: 'register',
    tag: 'Accounts',
    summary: 'Make an account and sign in',
    caller: 'anybody',
    body: { schema: registerSchema, example: EXAMPLES.registration },
    answers: { 201: signedIn },
    problems: ['email_taken', 'name_reserved', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/auth/login',
    operationId: 'login',
    tag: 'Accounts',
    summary: 'Sign in',
    caller: 'anybody',
    body: { schema: loginSchema, example: EXAMPLES.login },
    answers: { 200: signedIn },
    problems: ['invalid_credentials', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/auth/refresh',
    operationId: 'refresh',
    tag: 'Accounts',
    summary: 'Exchange the cookie for the next one and a new access token',
    description:
      'Each cookie is good for one refresh; one that is shown again ends every login of its user. Refused to pages of other origins.',
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
    summary: 'Sign out on every device',
    description:
      'Ends every login of whoever the access token or else the cookie belongs to, and the tokens they gave. Signing out again is answered the same.',
    caller: 'anybody',
    refreshCookie: true,
    answers: { 204: { description: 'Nobody is signed in.', headers: ['Set-Cookie'] } },
    problems: ['forbidden', 'rate_limited'],
  },
  {
    method: 'put',
    path: '/auth/password',
    operationId: 'changePassword',
    tag: 'Accounts',
    summary: 'Change the password',
    description: 'Ends every login of the account but the one that it answers with.',
    caller: 'customer',
    body: { schema: passwordChangeSchema, example: EXAMPLES.passwordChange },
    answers: { 200: signedIn },
    problems: ['invalid_credentials', 'rate_limited'],
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
];
