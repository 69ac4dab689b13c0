/** All that is kept about the caller, to be taken away; and the end of the account. */
import { Hono } from 'hono';
import { forgettingCookie } from '../auth/refresh-tokens.ts';
import type { UserId } from '../contract/ids.ts';
import {
  accountDeletionSchema,
  OWN_DATA_ENTRIES_MAX,
  type OwnData,
  type OwnDataList,
} from '../contract/own-data.ts';
import type { Needs } from '../deps/deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import { type EraseNeeds, eraseAccount } from '../outbox/erasure/erase-account.ts';
import { readPersonDocuments } from '../stores/documents/person.ts';
import {
  deleteAccount,
  postponeErasure,
  readLanguage,
} from '../stores/postgres/account-deletion.ts';
import { countDownload, readPostgresData } from '../stores/postgres/own-data.ts';
import { wakeSale } from '../sweep/wake-sale.ts';
import { type AccountMailNeeds, accountMail } from './auth/account-mail.ts';
import { type TypedPasswordNeeds, verified } from './auth/typed-password.ts';

/** Downloads are counted by the hour. */
const DOWNLOAD_RETRY_MS = 10 * 60_000;

type Needed = SessionNeeds &
  TypedPasswordNeeds &
  EraseNeeds &
  AccountMailNeeds &
  Needs<{ limits: 'account'; payments: 'tax' }>;

export function ownDataRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const hashing = limitByAddress(deps.limits.account);
  return new Hono<SessionEnv>()
    .get('/data', requireSession(deps), async (c) => {
      const { id } = c.get('user');
      if (!(await countDownload(db, id))) {
        throw new HttpProblem('rate_limited', { retryAfterMs: DOWNLOAD_RETRY_MS });
      }
      const date = new Date(nowMs()).toISOString().slice(0, 10);
      return c.json(await ownDataOf(deps, id), 200, {
        'Content-Disposition': `attachment; filename="account-${date}.json"`,
      });
    })
    .delete('/', hashing, requireSession(deps), valid('json', accountDeletionSchema), async (c) => {
      const { password } = c.req.valid('json');
      const { sessionEpoch, loginId } = c.get('caller');
      const { id, email } = c.get('user');
      const { counted } = await verified(c, deps, { email, password, changedBy: id });
      const mail = accountMail(deps, {
        kind: 'mail.account_deleted',
        payload: { email, language: await readLanguage(db, id) },
        to: email,
        about: id,
      });
      const deletion = { userId: id, sessionEpoch, loginId, counted, mail, nowMs: nowMs() };
      const done = await deleteAccount(db, deletion);
      if (done.outcome !== 'done') throw new HttpProblem(done.outcome);
      // What it held is others' now.
      await Promise.all(done.eventIds.map((eventId) => wakeSale(deps, eventId)));
      const isErased = await isErasedAtOnce(deps, id);
      deps.outbox.wake();
      return c.body(null, isErased ? 204 : 202, forgettingCookie(c));
    });
}

async function ownDataOf(deps: Needed, id: UserId): Promise<OwnData> {
  const { db, documents } = deps.stores;
  const now = deps.platform.nowMs();
  const [kept, written] = await Promise.all([
    readPostgresData(db, {
      userId: id,
      recipientKeyOf: deps.accounts.recipientKeyOf,
      nowMs: now,
      tax: deps.payments.tax,
    }),
    documents === undefined ? NOTHING_WRITTEN : readPersonDocuments(documents, id),
  ]);
  if (kept === undefined) throw new HttpProblem('unauthenticated');
  const all = { ...kept, ...written };
  const incomplete: OwnDataList[] = [];
  const cut = <Name extends OwnDataList>(name: Name): OwnData[Name] => {
    const max = OWN_DATA_ENTRIES_MAX[name];
    if (all[name].length > max) incomplete.push(name);
    return all[name].slice(0, max) as OwnData[Name];
  };
  return {
    madeAt: new Date(now).toISOString(),
    ...all,
    orders: cut('orders'),
    queueEntries: cut('queueEntries'),
    reviews: cut('reviews'),
    comments: cut('comments'),
    helpfulVotes: cut('helpfulVotes'),
    reports: cut('reports'),
    mails: cut('mails'),
    auditLog: cut('auditLog'),
    incomplete,
  };
}

/** A shop without MongoDB keeps none. */
const NOTHING_WRITTEN = { reviews: [], comments: [], helpfulVotes: [], reports: [] };

/** What fails here is left to the outbox, whose row was written with the account's end. */
async function isErasedAtOnce(deps: Needed, userId: UserId): Promise<boolean> {
  try {
    if ((await eraseAccount(deps, userId)).kind !== 'done') return false;
    await postponeErasure(deps.stores.db, userId, deps.platform.nowMs());
    return true;
  } catch (error) {
    deps.logging.log('error', 'account was not erased at once', { userId, error });
    return false;
  }
}
