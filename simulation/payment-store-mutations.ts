/**
 * Mistakes in what is written of payments beside the line; the text is that of a transaction's statements, one
 * after another. Found in whole runs, in which the outbox works off what is written.
 */
import { type Mutation, mistake } from './mutation.ts';

export const PAYMENT_STORE_MUTATIONS: Mutation[] = [
  mistake(
    'has nobody see to what was taken at once',
    "AND of_order ->> 'confirmedBy' IS DISTINCT FROM id",
    'AND false',
  ),
  mistake(
    'keeps what was taken for a refused order',
    'AND captured_minor - lost > decided',
    'AND false',
  ),
  {
    name: 'gives back twice what was taken for a refused order',
    changes: [
      { find: 'captured_minor - decided - lost, currency', replace: 'captured_minor, currency' },
      { find: 'AND captured_minor - lost > decided', replace: '' },
    ],
  },
];
