/** What is told above Buy: how the last press ended, and what the shopper has of the item already. */
import type { ComponentChildren } from 'preact';
import type { Order } from '../../worker/contract/orders.ts';
import type { CallProblem } from '../api/call-problem.ts';
import type { LiveItem } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { OtherDrops } from './next-steps.tsx';
import { OwnUnits } from './own-units.tsx';
import { PaymentChecked } from './payment-checked.tsx';
import type { Purchase } from './purchase.ts';
import { PurchaseOutcome } from './purchase-outcome.tsx';
import { SoldOutHint } from './sold-out-hint.tsx';

export interface PurchaseNewsProps {
  readonly item: LiveItem;
  readonly purchase: Purchase;
  /** Of the item, in all its variants. */
  readonly bought: readonly Order[];
  /** Of other variants than the one that is shown. */
  readonly held: readonly Order[];
  /** Whether these are as many as one customer may have. */
  readonly isAll: boolean;
  /** A hold has ended by the clock. */
  onTimeUp(eventItemId: string): void;
}

export interface WithVerifying extends PurchaseNewsProps {
  /** What is to be done where only confirmed addresses may buy. */
  readonly unverified: ComponentChildren;
}

export function PurchaseNews({ item, purchase, bought, held, ...rest }: WithVerifying) {
  const { isAll, unverified, onTimeUp } = rest;
  const { locale } = useShop();
  const { step } = purchase;
  const isOver = step === 'confirmed' || step === 'cancelled' || step === 'expired';
  // What was confirmed just now is told of by its outcome.
  const ownBought = step === 'confirmed' ? [] : bought;
  return (
    <>
      {isOver && (
        <PurchaseOutcome
          step={step}
          order={purchase.order}
          problem={step === 'expired' ? purchase.problem : undefined}
          locale={locale}
        />
      )}
      {ownBought.length + held.length > 0 && (
        <OwnUnits bought={ownBought} held={held} isAll={isAll} onTimeUp={onTimeUp} />
      )}
      {step === 'idle' && purchase.problem && (
        <Refusal item={item} problem={purchase.problem} unverified={unverified} />
      )}
    </>
  );
}

interface RefusalProps extends Pick<WithVerifying, 'item' | 'unverified'> {
  readonly problem: CallProblem;
}

function Refusal({ item, problem, unverified }: RefusalProps) {
  const { locale } = useShop();
  const { code, stock, limit, held, bought, nextReleaseAt } = problem;
  const { purchase } = LAZY_TEXTS;
  const leftThen = stock?.remaining ?? 0;
  if (code === 'sold_out' && leftThen > 0) {
    // More was asked for than was left; a request is granted whole or not at all.
    return <output class="notice">{purchase.tooFewLeft(leftThen)}</output>;
  }
  if (code === 'sold_out' && item.stock.remaining > 0) {
    return <output class="notice notice-good">{LAZY_TEXTS.unitCameBack}</output>;
  }
  return (
    <ProblemNotice problem={problem}>
      {stock && <p>{purchase.soldOutCounts(stock)}</p>}
      {limit !== undefined && held !== undefined && bought !== undefined && (
        <p>{purchase.limitDetail({ limit, held, bought })}</p>
      )}
      {code === 'limit_reached' && item.variant && <p>{TEXTS.limitOverAll}</p>}
      {code === 'email_unverified' && unverified}
      {code === 'limit_reached' && nextReleaseAt && <PaymentChecked releaseAt={nextReleaseAt} />}
      {(code === 'sold_out' || code === 'closed') && <OtherDrops />}
      {code === 'sold_out' && nextReleaseAt && item.queue.waiting === 0 && (
        <Ticking momentMs={Date.parse(nextReleaseAt)}>
          {(remainingMs) => (
            <SoldOutHint nextReleaseAt={nextReleaseAt} remainingMs={remainingMs} locale={locale} />
          )}
        </Ticking>
      )}
    </ProblemNotice>
  );
}
