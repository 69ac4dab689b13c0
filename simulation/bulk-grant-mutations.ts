/** Mistakes in what settle_group grants together, and in what a login must still be good for. */
import type { Mutation } from './mutation.ts';

/** What follows where a confirm is refused, and not a leave. */
const UNAUTHENTICATED = `    ) THEN
      v_answers[v_attempt.n] := '{"refusal": "unauthenticated"}';
    ELSIF`;
const ENDED = `         AND NOT coalesce(ended_logins ? v_attempt.login_id, false)\n${UNAUTHENTICATED}`;
/** What follows where a reservation is granted in turn. */
const MAY_ACT = `AS may_act,
           u.email_verified_at IS NOT NULL AS is_verified,
           (SELECT`;

// What entering a queue asks too, as it stands in grant_together.
const LIMIT = 'AND a.quantity <= s.limits[a.item]';
const OPENING = '\n     AND a.at_ms >= s.opens_at_ms';
const ACTIVE_NOW =
  '\n     AND (SELECT u.active AND u.session_epoch = coalesce(a.session_epoch, u.session_epoch)';
const BESIDE_ACTIVE = '\n                 ';

export const BULK_GRANT_MUTATIONS: Mutation[] = [
  {
    name: 'grants together what is more than there is',
    changes: [{ find: 'WHERE a.wanted <= s.free[a.item] AND ', replace: 'WHERE ' }],
  },
  {
    name: 'grants together all that one customer wants',
    changes: [{ find: '\n     AND a.of_customer = 1 ', replace: '\n     ' }],
  },
  {
    name: 'grants together more than the limit',
    changes: [{ find: `${LIMIT}${OPENING}`, replace: OPENING }],
  },
  {
    name: 'grants together before the opening',
    changes: [{ find: 'AND a.at_ms >= s.opens_at_ms AND', replace: 'AND' }],
  },
  {
    name: 'grants together after the end',
    changes: [{ find: 'AND a.at_ms < s.closes_at_ms\n', replace: '\n' }],
  },
  {
    name: 'grants together at any price, whatever was shown',
    changes: [
      { find: 'AND coalesce(a.shown_price_cents = s.prices[a.item], true)\n', replace: '\n' },
    ],
  },
  {
    name: 'grants together to those whose login has ended',
    changes: [
      {
        find: ACTIVE_NOW,
        replace: '\n     AND (SELECT u.active',
      },
    ],
  },
  {
    name: 'grants together to those whose one login has ended',
    changes: [
      {
        find: `${BESIDE_ACTIVE}AND NOT coalesce(u.ended_logins ? a.login_id, false)\n`,
        replace: '\n',
      },
    ],
  },
  {
    name: 'confirms for somebody whose one login has ended',
    changes: [
      {
        find: `AND NOT coalesce(ended_logins ? v_attempt.login_id, false)\n${UNAUTHENTICATED}`,
        replace: UNAUTHENTICATED,
      },
    ],
  },
  {
    name: 'sells one by one to those whose one login has ended',
    changes: [
      {
        find: `AND NOT coalesce(u.ended_logins ? v_attempt.login_id, false) ${MAY_ACT}`,
        replace: MAY_ACT,
      },
    ],
  },
  {
    name: 'grants together to the deactivated',
    changes: [
      {
        find: ACTIVE_NOW,
        replace: ACTIVE_NOW.replace('u.active AND ', ''),
      },
    ],
  },
  {
    name: 'grants together what somebody has already',
    changes: [
      {
        find: '\n             AND (o.event_item_id = a.event_item_id\n',
        replace: '\n             AND (false\n',
      },
    ],
  },
  {
    name: 'confirms for somebody whose login has ended',
    changes: [
      {
        find: `AND session_epoch = coalesce(v_attempt.session_epoch, session_epoch)\n${ENDED}`,
        replace: ENDED,
      },
    ],
  },
];
