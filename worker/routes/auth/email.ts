/** The account's address: verifying it by a link, asking for that link again, asking for another address. */
import { type Context, Hono } from 'hono';
import { readAccountToken } from '../../auth/account-tokens.ts';
import {
  emailChangeSchema,
  emailVerificationSchema,
  type VerifiedEmail,
} from '../../contract/accounts.ts';
import type { Needs } from '../../deps/deps.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import { networkOfCaller } from '../../http/client-network.ts';
import { requireSession, type SessionNeeds } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findLink, type Link } from '../../stores/postgres/account-tokens.ts';
import {
  askForEmailChange,
  askForVerification,
  changeEmail,
  type ShownLink,
  verifyEmail,
} from '../../stores/postgres/email-addresses.ts';
import { ownSuppression } from '../../stores/postgres/mail-suppressions.ts';
import {
  type AccountMailNeeds,
  accountMail,
  assertSendsMail,
  requiredMail,
} from './account-mail.ts';
import { type TypedPasswordNeeds, verified } from './typed-password.ts';

type Needed = AccountMailNeeds &
  TypedPasswordNeeds &
  SessionNeeds &
  Needs<{ stores: 'db'; limits: 'account' }>;

export function emailRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const limited = limitByAddress(deps.limits.account);
  return new Hono()
    .post('/email/verify', limited, valid('json', emailVerificationSchema), async (c) => {
      const email = await follow(c, deps, c.req.valid('json').token);
      return c.json({ email } satisfies VerifiedEmail, 200);
    })
    .post('/email/resend', limited, requireSession(deps), async (c) => {
      const { id: userId, email: to, emailVerified } = c.get('user');
      assertSendsMail(deps);
      // Otherwise it would be promised and never come.
      const isInVain = !emailVerified && (await ownSuppression(db, c.get('user'))) !== null;
      if (isInVain) throw new HttpProblem('mail_suppressed');
      const mailFields = { payload: { userId }, to, userId, from: { network: networkOfCaller(c) } };
      const mail = requiredMail(deps, { kind: 'mail.verify_email', ...mailFields });
      await askForVerification(db, userId, mail);
      deps.outbox.wake();
      return c.body(null, 202);
    })
    .put('/email', limited, requireSession(deps), valid('json', emailChangeSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      assertSendsMail(deps);
      const user = c.get('user');
      if (email === user.email) {
        const errors = [{ path: 'email', message: 'is the address that you have already' }];
        throw new HttpProblem('malformed', { errors });
      }
      const { id: userId } = user;
      const typed = { email: user.email, password, changedBy: userId };
      const { counted } = await verified(c, deps, typed);
      const { sessionEpoch, loginId } = c.get('caller');
      const from = { network: networkOfCaller(c) };
      const next = { payload: { userId, email }, to: email, userId, from };
      const present = { payload: { userId }, to: user.email, userId };
      const isAsked = await askForEmailChange(db, {
        user,
        sessionEpoch,
        loginId,
        counted,
        toNext: requiredMail(deps, { kind: 'mail.change_email', ...next }),
        toPresent: requiredMail(deps, { kind: 'mail.email_change_asked', ...present }),
        nowMs: nowMs(),
      });
      if (!isAsked) throw new HttpProblem('unauthenticated');
      deps.outbox.wake();
      return c.body(null, 202);
    });
}

/**
 * Does what the link is for. One that has verified the account's present address is answered the same
 * again: the first answer may have been lost.
 * @returns the address.
 */
async function follow(c: Context, deps: Needed, text: string): Promise<string> {
  const { db } = deps.stores;
  const nowMs = deps.platform.nowMs();
  const token = readAccountToken(text);
  const link = token && (await findLink(db, token, nowMs));
  if (token === undefined || link === undefined || link.purpose === 'reset_password') {
    throw new HttpProblem('link_invalid');
  }
  if (hasVerified(link)) return link.email;
  if (link.isUsed) throw new HttpProblem('link_invalid');
  const shown = { token, userId: link.user.id, nowMs };
  const outcome =
    link.purpose === 'verify_email'
      ? (await verifyEmail(db, shown)) && 'done'
      : await change(c, deps, { link, shown });
  if (outcome === 'email_taken') throw new HttpProblem('email_taken');
  if (outcome === 'done') return link.email;
  // The same link at the same moment may have done it.
  const after = await findLink(db, token, nowMs);
  if (after === undefined || !hasVerified(after)) throw new HttpProblem('link_invalid');
  return link.email;
}

function hasVerified({ isUsed, email, user }: Link): boolean {
  return isUsed && email === user.email && user.emailVerified;
}

async function change(c: Context, deps: Needed, { link, shown }: { link: Link; shown: ShownLink }) {
  const { email, user } = link;
  const { id: userId, email: before } = user;
  const mailFields = {
    payload: { userId, email: before },
    to: before,
    userId,
    about: shown.token.id,
  };
  const notice = accountMail(deps, { kind: 'mail.email_changed', ...mailFields });
  const outcome = await changeEmail(deps.stores.db, { ...shown, email, notice });
  if (outcome !== 'done') return outcome;
  if (notice !== undefined) deps.outbox.wake();
  const { devices } = deps.accounts;
  // The cookie is for an address; a device that was known stays so.
  if (devices.idOf(c, before) !== undefined) devices.remember(c, email, deps.platform.fillRandom);
  return outcome;
}
