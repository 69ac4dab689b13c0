/**
 * Every operation of the API, in the order in which the description tells them.
 *
 * A new route takes an entry in operations/, with its examples in examples.ts; its schemas by name
 * in schemas.ts, or they are written out where they are used; and, where a new problem code has
 * members of its own, those in problems.ts.
 */
import type { Operation } from './operation.ts';
import { ACCOUNT_OPERATIONS, PROFILE_OPERATIONS } from './operations/accounts.ts';
import { ADMIN_EVENT_OPERATIONS } from './operations/admin-events.ts';
import { ADMIN_RECORD_OPERATIONS } from './operations/admin-records.ts';
import { DISCUSSION_OPERATIONS } from './operations/discussion.ts';
import { EVENT_OPERATIONS } from './operations/events.ts';
import { PURCHASE_OPERATIONS } from './operations/purchase.ts';
import { REVIEW_OPERATIONS } from './operations/reviews.ts';
import { SERVICE_OPERATIONS } from './operations/service.ts';

export const OPERATIONS: readonly Operation[] = [
  ...EVENT_OPERATIONS,
  ...PURCHASE_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...ADMIN_RECORD_OPERATIONS,
  ...ADMIN_EVENT_OPERATIONS,
  ...REVIEW_OPERATIONS,
  ...DISCUSSION_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
