/** Why people were refused, in a seller's words, in English. */
import type { CountedRefusal } from '../../../worker/contract/refusals.ts';
import { plural } from '../../texts/numbers.ts';

export const REFUSALS_EN = {
  title: 'Why were people refused?',
  empty: 'Nobody was refused.',
  hint: 'Each try counts: who tries again is counted again.',
  columns: { reason: 'Reason', count: 'Tries', share: 'Share' },
  total: 'In all',
  sum: (tries: number) => `${plural(tries, 'try was refused', 'tries were refused')}.`,
  other: (code: string) => `Another reason (${code})`,
  reasons: {
    sold_out: 'Tried after the last unit was gone',
    queue_ahead: 'Others were waiting before them',
    not_open: 'Before the opening',
    closed: 'After the close',
    limit_reached: 'More than one customer may have',
    changed: 'The price had changed meanwhile',
    rate_limited: 'Too fast: too many tries of one person',
    busy: 'Too many people at the same moment',
    email_unverified: 'E-mail address not confirmed yet',
    hold_expired: 'Wanted to buy after the hold had ended',
    payment_required: 'Wanted to buy before paying',
    order_confirmed: 'Had bought it already',
    order_cancelled: 'Had given it back already',
    idempotency_key_reused: 'The same try, with something else in it',
    stock_available: 'Wanted to wait although units were free',
    queue_closed: 'The queue took nobody any more',
    queue_full: 'The queue was full',
    not_found: 'Not on sale',
    unauthenticated: 'Not signed in',
    unavailable: 'The shop could not answer',
    internal: 'A fault in the shop',
  } satisfies Record<CountedRefusal, string>,
};
