/** What an order costs and the button that makes it one, which leads to the provider's page. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Address } from '../../worker/contract/address.ts';
import type { Order } from '../../worker/contract/orders.ts';
import { Totals } from '../address/totals.tsx';
import { formatMoney } from '../format/money.ts';
import { LegalLinks } from '../legal/legal-links.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { onWake } from '../time/wake.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createPaying, type PayingState } from './paying.ts';
import { createPaymentApi } from './payment-api.ts';

export interface PayButtonProps {
  readonly order: Order;
  /** Where it goes, where the order does not say so itself. */
  readonly own?: Address | null;
  /** Cannot be pressed now. */
  readonly isInert?: boolean;
  /** The order is not as this page has it. */
  onChanged(): Promise<void> | void;
}

export function PayButton({ order, own = null, isInert = false, onChanged }: PayButtonProps) {
  const shop = useShop();
  const { id, currency, totals } = order;
  const { payment: texts } = LAZY_TEXTS;
  const { state, pay, cameBack } = useMemo(
    () =>
      createPaying({
        api: createPaymentApi(shop.api),
        orderId: id,
        leaveFor: (url) => location.assign(url),
        onChanged: () => void onChanged(),
      }),
    [id, shop],
  );
  useEffect(() => onWake(cameBack), [cameBack]);
  const { isAsking, leavingFor, problem } = state.value;
  const isBusy = isAsking || leavingFor !== null;
  const total = formatMoney(totals.totalCents, { currency, locale: shop.locale });
  return (
    <div class="pay">
      <Totals order={order} />
      {problem && <NotOpened problem={problem} />}
      <Button isInert={isInert || isBusy} onPress={() => void pay(own ?? undefined)}>
        {isBusy ? texts.opening : texts.pay(total)}
      </Button>
      {leavingFor !== null && <a href={leavingFor}>{texts.openByHand}</a>}
      <LegalLinks lead={LAZY_TEXTS.legal.forOrder} pages={['terms', 'returns']} />
      <p class="pay-how">{texts.how}</p>
    </div>
  );
}

/** Where the shop or its provider is away, that the hold is not: anything else is told in its own words. */
function NotOpened({ problem }: { problem: NonNullable<PayingState['problem']> }) {
  const isAway =
    problem.code === 'unavailable' || problem.code === 'busy' || problem.code === 'internal';
  if (!isAway) return <ProblemNotice problem={problem} />;
  return (
    <div class="notice" role="alert">
      <p>{LAZY_TEXTS.payment.notOpened}</p>
    </div>
  );
}
