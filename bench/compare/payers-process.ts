/** Shoppers who pay as a program of their own: what they cost must not be the load's. Obeys messages. */

import { type Payers, payers } from './payers.ts';
import type { PayersAnswer, PayersOrder } from './payment-messages.ts';

let paying: Payers | undefined;
process.on('message', (order: PayersOrder) => void obey(order));
process.on('disconnect', () => process.exit());

async function obey(order: PayersOrder): Promise<void> {
  if (order.kind === 'begin') {
    paying = payers(order.sale);
    return answer({ kind: 'begun' });
  }
  paying?.stop();
  if (order.kind === 'stop') return answer({ kind: 'stopped' });
  const paid = (await paying?.end()) ?? { begun: 0, paid: 0, unavailable: 0, other: [] };
  answer({ kind: 'ended', paid });
}

function answer(said: PayersAnswer): void {
  process.send?.(said);
}
