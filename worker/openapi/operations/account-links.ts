/** Links for one use: a forgotten password, and the account's address. */
import {
  emailChangeSchema,
  emailVerificationSchema,
  forgottenPasswordSchema,
  passwordResetSchema,
  verifiedEmailSchema,
} from '../../contract/accounts.ts';
import { CHOSEN_PASSWORD, SIGNED_IN } from './accounts.ts';
import { EXAMPLES } from './examples.ts';
import type { Operation } from './operation.ts';

const { email } = EXAMPLES.user;
/** Of no link. */
const token = `${'a'.repeat(22)}.${'b'.repeat(43)}`;

const LINK_EXAMPLES = {
  forgottenPassword: { email },
  passwordReset: { token, newPassword: 'battery staple' },
  emailVerification: { token },
  verifiedEmail: { email },
  emailChange: { email: 'grace.hopper@example.com', password: 'correct horse' },
};

const LIMITED =
  'What is sent to one address is limited, and a request beyond that is answered the same.';

export const ACCOUNT_LINK_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/auth/password/forgotten',
    operationId: 'forgetPassword',
    tag: 'Accounts',
    summary: 'Have a link sent that gives a new password',
    description: `${LIMITED} The answer is the same for an address without an account. The link is good once and for 30 minutes.`,
    caller: 'anybody',
    body: { schema: forgottenPasswordSchema, example: LINK_EXAMPLES.forgottenPassword },
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
    body: { schema: passwordResetSchema, example: LINK_EXAMPLES.passwordReset },
    answers: { 200: SIGNED_IN },
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
    body: { schema: emailVerificationSchema, example: LINK_EXAMPLES.emailVerification },
    answers: {
      200: {
        description: 'The account has this address, and it is verified.',
        schema: verifiedEmailSchema,
        example: LINK_EXAMPLES.verifiedEmail,
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
    description: `${LIMITED} Nothing is sent to an address that is verified. Where mail to the address comes back, it is refused: the account needs another address.`,
    caller: 'customer',
    answers: { 202: { description: 'A link is on its way, if there is something to verify.' } },
    problems: ['mail_suppressed', 'mail_unavailable'],
  },
  {
    method: 'put',
    path: '/auth/email',
    operationId: 'changeEmail',
    tag: 'Accounts',
    summary: 'Ask for another address',
    description: `Sends a link to the new address, and a notice to the present one, which stays the account’s until the link is used. ${LIMITED} The answer is the same where the new address has an account. Another request, or a new password, ends the link.`,
    caller: 'customer',
    body: { schema: emailChangeSchema, example: LINK_EXAMPLES.emailChange },
    answers: { 202: { description: 'A link is on its way to the new address.' } },
    problems: ['invalid_credentials', 'rate_limited', 'mail_unavailable'],
  },
];
