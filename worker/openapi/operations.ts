/**
 * Every operation of the API, in the order in which the description tells them.
 *
 * A new route takes an entry in operations/, with its examples in examples.ts; its schemas by name
 * in schemas.ts, or they are written out where they are used; and, where a new problem code has
 * members of its own, those in problems.ts.
 */
import type { Operation } from './operation.ts';
import { ACCOUNT_OPERATIONS, PROFILE_OPERATIONS } from './operations/accounts.ts';
import { ADMINISTRATION_OPERATIONS } from './operations/administration.ts';
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
  ...REVIEW_OPERATIONS,
  ...DISCUSSION_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
