/** Mistakes in what an event's object does with payments. */
import { type Mutation, mistake } from './mutation.ts';

/** Each `file` is in worker/sale. */
type CodeMutation = Mutation & { file: string };

function mistakeIn(file: string, ...[name, find, replace]: [string, string, string]): CodeMutation {
  return { file, ...mistake(name, find, replace) };
}

export const PAYING_CODE_MUTATIONS: CodeMutation[] = [
  mistakeIn(
    'object/admission.ts',
    'counts what the shop sends towards the rate of its customer',
    'if (isByShop(attempt)) return waiting < PENDING_MAX + SHOP_PENDING_EXTRA ? undefined : busy;',
    '',
  ),
  mistakeIn(
    'object/sale.ts',
    'tells the outbox of no payment',
    'if (settlement?.hasPaymentRows || attempts.some(isByShop)) this.#ports.paymentsWritten();',
    '',
  ),
  mistakeIn(
    'object/sale.ts',
    'tells the outbox only of payments that the shop sent',
    'if (settlement?.hasPaymentRows || attempts.some(isByShop))',
    'if (attempts.some(isByShop))',
  ),
  mistakeIn(
    'rules/shop-attempts.ts',
    'tells the outbox of no mail about what was paid',
    "return kind === 'confirm' || kind === 'confirm_paid';",
    "return kind === 'confirm';",
  ),
];
