/** Mistakes in what an event asks of whoever buys: a verified address, or one limit for each mailbox. */
import type { Mutation } from './mutation.ts';

const REFUSE_UNVERIFIED = `v_answers[v_attempt.n] := '{"refusal": "email_unverified"}';`;
const IS_KNOWN = 'IF v_known_id IS NOT NULL THEN\n      SELECT * INTO STRICT';
const CONFIRM = "ELSIF v_attempt.kind <> 'cancel' THEN\n";

export const CONDITION_MUTATIONS: Mutation[] = [
  {
    name: 'grants together to the unverified',
    changes: [
      {
        // As it stands in grant_together.
        find: '\n                 AND (NOT s.require_verified_email OR u.email_verified_at IS NOT NULL)\n',
        replace: '\n',
      },
    ],
  },
  {
    name: 'sells one by one to the unverified',
    changes: [
      {
        find: 'ELSIF s.require_verified_email AND NOT v_mine.is_verified THEN',
        replace: 'ELSIF false THEN',
      },
    ],
  },
  {
    name: 'asks for a verified address in every sale',
    changes: [
      {
        find: 'ELSIF s.require_verified_email AND NOT v_mine.is_verified THEN',
        replace: 'ELSIF NOT v_mine.is_verified THEN',
      },
    ],
  },
  {
    name: 'gives nobody again what they held before they were unverified',
    changes: [
      {
        find: IS_KNOWN,
        replace: `IF s.require_verified_email AND NOT v_mine.is_verified THEN
          ${REFUSE_UNVERIFIED}
        ELS${IS_KNOWN}`,
      },
    ],
  },
  {
    name: 'asks for a verified address at the confirmation',
    changes: [
      {
        find: CONFIRM,
        replace: `ELSIF v_attempt.kind = 'confirm' AND s.require_verified_email AND EXISTS (
          SELECT FROM users WHERE id = v_attempt.customer_id AND email_verified_at IS NULL) THEN
          ${REFUSE_UNVERIFIED}
        ${CONFIRM}`,
      },
    ],
  },
  {
    name: 'grants together to several accounts of one mailbox',
    changes: [{ find: 'AND (NOT s.one_limit_per_mailbox\n', replace: 'AND (true\n' }],
  },
  {
    name: 'counts each account of a mailbox alone',
    changes: [
      {
        find: 'IF v_known_id IS NULL AND s.one_limit_per_mailbox THEN',
        replace: 'IF false THEN',
      },
    ],
  },
  {
    name: 'confirms late over the limit of the mailbox',
    changes: [
      { find: 'CASE WHEN s.one_limit_per_mailbox THEN (', replace: 'CASE WHEN false THEN (' },
    ],
  },
  {
    name: 'counts only what a mailbox has bought',
    changes: [
      {
        find: "sum(taken.quantity) FILTER (WHERE taken.status = 'pending'), 0)::int",
        replace: 'sum(taken.quantity) FILTER (WHERE false), 0)::int',
      },
    ],
  },
  {
    name: 'counts only what a mailbox holds',
    changes: [
      {
        find: "sum(taken.kept) FILTER (WHERE taken.status = 'confirmed'), 0)::int",
        replace: 'sum(taken.kept) FILTER (WHERE false), 0)::int',
      },
    ],
  },
  {
    name: 'counts what a mailbox has of every item',
    changes: [{ find: ' AND i.item_id = wanted.item_id\n', replace: '\n' }],
  },
  {
    name: 'takes each address for a mailbox of its own',
    changes: [{ find: "'+', 1) AS name", replace: "'+', 1) || length(p_email) AS name" }],
  },
  {
    name: 'has one limit for each mailbox in every sale',
    changes: [
      {
        find: 's.one_limit_per_mailbox := v_event.one_limit_per_mailbox;',
        replace: 's.one_limit_per_mailbox := true;',
      },
    ],
  },
];
