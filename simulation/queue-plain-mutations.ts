/** Mistakes in who may enter a queue without being asked anything. */
import { type Mutation, mistake } from './mutation.ts';

export const QUEUE_PLAIN_MUTATIONS: Mutation[] = [
  mistake(
    'asks nothing about accounts of one mailbox',
    's.published AND NOT s.one_limit_per_mailbox AND',
    's.published AND',
  ),
  mistake('asks nothing where the queue is closed', 'AND (NOT s.is_locked OR s.waitlist)\n', '\n'),
  mistake(
    'asks nothing about somebody who enters twice at once',
    'AND a.entry_id IS NOT NULL AND a.of_customer = 1 AND',
    'AND a.entry_id IS NOT NULL AND',
  ),
  mistake(
    'asks nothing about a wish for more than the limit',
    'a.of_customer = 1 AND a.quantity <= s.limits[a.item]\n         AND a.at_ms < s.closes_at_ms',
    'a.of_customer = 1\n         AND a.at_ms < s.closes_at_ms',
  ),
  mistake(
    'asks nothing before the opening',
    'AND a.at_ms < s.closes_at_ms AND (s.is_draw OR a.at_ms >= s.opens_at_ms)',
    'AND a.at_ms < s.closes_at_ms',
  ),
  mistake(
    'asks nothing after the end',
    'AND a.at_ms < s.closes_at_ms AND (s.is_draw OR',
    'AND (s.is_draw OR',
  ),
  mistake(
    'asks nothing where units are free',
    'AND NOT (s.is_locked AND s.draw_at_ms IS NULL AND s.free[a.item] > 0 AND NOT s.has_more[a.item])\n',
    '',
  ),
  mistake(
    'asks nothing about the deactivated',
    'AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)\n                     AND NOT coalesce(u.ended_logins ? a.login_id, false)\n                     AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)\n                FROM',
    'AND (SELECT (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)\n                FROM',
  ),
  mistake(
    'asks nothing about the unverified',
    'AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)\n                FROM users u WHERE u.id = a.customer_id)\n         AND (SELECT e.id',
    '\n                FROM users u WHERE u.id = a.customer_id)\n         AND (SELECT e.id',
  ),
  mistake(
    'asks nothing about somebody who waits already',
    "AND e.status = 'waiting' LIMIT 1) IS NULL",
    'AND false) IS NULL',
  ),
  mistake(
    'asks nothing about somebody whose entry has ended',
    "AND e.status <> 'waiting' LIMIT 1) IS NULL",
    'AND false) IS NULL',
  ),
  mistake(
    'asks nothing about somebody who has an order',
    'OR o.event_item_id = ANY (s.same_limit[a.item]::text[]))\n               LIMIT 1) IS NULL\n    FROM',
    'OR o.event_item_id = ANY (s.same_limit[a.item]::text[])) AND false\n               LIMIT 1) IS NULL\n    FROM',
  ),
];
