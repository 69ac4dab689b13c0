/** Quantity and the Buy button of one item. Must not know what a press leads to. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { isolated } from '../format/direction.ts';
import type { Offer } from '../sale/sale.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';

export interface BuyControlsProps {
  readonly itemName: string;
  /** The chosen variant's label, where the item has variants. */
  readonly choice: string | undefined;
  /** Else a variant has to be chosen first, and a press asks for that. */
  readonly isChosen: boolean;
  /** What asks for that. */
  readonly choose: string;
  readonly offer: Offer;
  readonly quantityMax: number;
  /** As chosen; more than can be had now counts as that. */
  readonly quantity: number;
  readonly isSignedIn: boolean;
  /** It is not known yet whether more may be bought. */
  readonly isLooking: boolean;
  readonly isBuying: boolean;
  readonly isAgain: boolean;
  /** What a unit costs now, for whom it was shown at another price. */
  readonly newPrice: string | undefined;
  /** Bought already: buying more is no longer the main thing. */
  readonly hasBought: boolean;
  /** What the button shows before the opening: the time until then. */
  readonly wait: ComponentChildren;
  onChoose(quantity: number): void;
  onBuy(quantity: number): void;
}

export function BuyControls({ itemName, offer, quantityMax, isBuying, ...rest }: BuyControlsProps) {
  const { onBuy, onChoose, isLooking, hasBought, wait } = rest;
  const quantityId = useId();
  const quantity = Math.min(rest.quantity, quantityMax);
  const isOffered = offer === 'open' || offer === 'all_held';
  // Also before the opening, so that nothing moves then and the choice is made already.
  const hasChoice = quantityMax > 1 && (isOffered || offer === 'locked');
  const words = wordFor(offer, { ...rest, isBuying });
  const label = TEXTS.itemLabel(words, isolated(itemName));
  const isBuy = words === TEXTS.buy || words === TEXTS.buyAgain;
  const action = isBuy && rest.choice ? `${words} · ${isolated(rest.choice)}` : words;
  // A screen reader does not read each second.
  const isWaiting = offer === 'locked';
  return (
    <div class="buy">
      {hasChoice && (
        <div class="quantity">
          <label for={quantityId}>{TEXTS.quantity}</label>
          <select
            id={quantityId}
            value={String(quantity)}
            onChange={(event) => onChoose(Number(event.currentTarget.value))}
          >
            {Array.from({ length: quantityMax }, (_, index) => (
              <option key={index} value={index + 1}>
                {index + 1}
              </option>
            ))}
          </select>
        </div>
      )}
      <Button
        kind={offer === 'all_held' || hasBought ? 'quiet' : 'primary'}
        isInert={!isOffered || isBuying || (isLooking && rest.isChosen)}
        {...(!isWaiting && { label })}
        onPress={() => onBuy(quantity)}
      >
        {isWaiting ? (
          <>
            <span class="visually-hidden">{label}</span>
            <span aria-hidden="true">{wait}</span>
          </>
        ) : (
          action
        )}
      </Button>
    </div>
  );
}

function wordFor(
  offer: Offer,
  is: Pick<
    BuyControlsProps,
    'choose' | 'isChosen' | 'isSignedIn' | 'isBuying' | 'isAgain' | 'isLooking' | 'newPrice'
  >,
): string {
  if (is.isBuying) return TEXTS.buying;
  const isOpen = offer === 'open';
  if (!is.isChosen && (isOpen || offer === 'all_held')) return is.choose;
  if (!isOpen) return TEXTS.offer[offer];
  if (is.isLooking) return TEXTS.loading;
  if (!is.isSignedIn) return TEXTS.buySignedOut;
  if (is.newPrice) return TEXTS.buyAt(is.newPrice);
  return is.isAgain ? TEXTS.buyAgain : TEXTS.buy;
}
