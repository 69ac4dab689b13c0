/** Mistakes in the SQL of a queue: at least one for each of its laws and rules. */
import type { Mutation } from './mutation.ts';
import { QUEUE_CHAIN_MUTATIONS } from './queue-chain-mutations.ts';
import { QUEUE_DRAW_MUTATIONS } from './queue-draw-mutations.ts';
import { QUEUE_ENTERING_MUTATIONS } from './queue-entering-mutations.ts';
import { QUEUE_OFFERS_MUTATIONS } from './queue-offers-mutations.ts';
import { QUEUE_ORDER_MUTATIONS } from './queue-order-mutations.ts';
import { QUEUE_PLAIN_MUTATIONS } from './queue-plain-mutations.ts';
import { QUEUE_SERVING_MUTATIONS } from './queue-serving-mutations.ts';

export const QUEUE_MUTATIONS: Mutation[] = [
  ...QUEUE_SERVING_MUTATIONS,
  ...QUEUE_OFFERS_MUTATIONS,
  ...QUEUE_ORDER_MUTATIONS,
  ...QUEUE_ENTERING_MUTATIONS,
  ...QUEUE_PLAIN_MUTATIONS,
  ...QUEUE_DRAW_MUTATIONS,
  ...QUEUE_CHAIN_MUTATIONS,
];
