/** The hold of an item's card: the time left ticks here, and its buttons wait a moment. */
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { HoldCard, type HoldCardProps } from './hold-card.tsx';
import type { Purchase, Verb } from './purchase.ts';
import { useArmed } from './use-armed.ts';

export interface HoldProps extends Pick<HoldCardProps, 'name' | 'pay'> {
  readonly purchase: Purchase;
  onDecide(verb: Verb): void;
  onTimeUp(eventItemId: string): void;
}

export function Hold({ purchase, name, pay, onDecide, onTimeUp }: HoldProps) {
  const { locale } = useShop();
  // Who hammers Buy must not confirm or give back what that has just won.
  const isArmed = useArmed();
  if (purchase.step !== 'held' && purchase.step !== 'deciding') return null;
  const { order, problem } = purchase;
  return (
    <Ticking
      key={order.id}
      momentMs={Date.parse(order.expiresAt)}
      onReached={() => onTimeUp(order.eventItemId)}
    >
      {(remainingMs) => (
        <HoldCard
          order={order}
          name={name}
          remainingMs={remainingMs}
          locale={locale}
          deciding={purchase.step === 'deciding' ? purchase.verb : null}
          isArmed={isArmed}
          problem={problem}
          pay={pay}
          onDecide={onDecide}
        />
      )}
    </Ticking>
  );
}
