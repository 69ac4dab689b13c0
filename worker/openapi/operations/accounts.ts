/** Accounts and the caller's own profile. */
import { loginSchema, registerSchema, sessionSchema, userSchema } from '../../contract/accounts.ts';
import { orderHistorySchema } from '../../contract/orders.ts';
import { pageQuerySchema } from '../../contract/values.ts';
import { EXAMPLES } from '../examples.ts';
import type { Operation } from '../operation.ts';

export const ACCOUNT_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/auth/register',
    operationId: 'register',
    tag: 'Accounts',
    summary: 'Make an account and sign in',
    caller: 'anybody',
    body: { schema: registerSchema, example: EXAMPLES.registration },
    answers: {
      201: { description: 'Signed in.', schema: sessionSchema, example: EXAMPLES.session },
    },
    problems: ['email_taken', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/auth/login',
    operationId: 'login',
    tag: 'Accounts',
    summary: 'Sign in',
    caller: 'anybody',
    body: { schema: loginSchema, example: EXAMPLES.login },
    answers: {
      200: { description: 'Signed in.', schema: sessionSchema, example: EXAMPLES.session },
    },
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
    method: 'get',
    path: '/profile/orders',
    operationId: 'listOrders',
    tag: 'Profile',
    summary: 'List the caller’s orders, newest first',
    caller: 'customer',
    query: pageQuerySchema,
    answers: {
      200: {
        description: 'One page of orders.',
        schema: orderHistorySchema,
        example: EXAMPLES.orderHistory,
      },
    },
  },
];
