/** The fields of a refund: how much, how many units go back on sale, why. Must not send anything. */
import { useId } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { Check } from '../forms/check.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import {
  MEASURES,
  type Refundable,
  type RefundDraft,
  type ShownRefund,
  shippingCents,
  unitsCents,
} from './refund-draft.ts';

/** As the API has it. */
const REASON_CHARS_MAX = 500;

export interface RefundFieldsProps {
  readonly order: Refundable;
  readonly draft: ShownRefund;
  readonly errors: readonly FieldError[];
  change(some: Partial<RefundDraft>): void;
}

export function RefundFields(props: RefundFieldsProps) {
  const { order, draft, errors, change } = props;
  const { refund: texts } = ADMIN_TEXTS.order;
  const { units } = order.refundable;
  return (
    <>
      <MeasureFields {...props} />
      {units > 0 && (
        <UnitsField
          label={texts.restock}
          {...(order.sentAt !== null && { hint: texts.restockSent })}
          from={0}
          to={units}
          value={draft.restock}
          onChoose={(restock) => change({ restock })}
        />
      )}
      <Labelled label={texts.reason} hint={texts.reasonHint} errors={errors} path="reason">
        {(control) => (
          <textarea
            {...control}
            aria-required
            rows={2}
            dir="auto"
            maxLength={REASON_CHARS_MAX}
            value={draft.reason}
            onInput={({ currentTarget }) => change({ reason: currentTarget.value })}
          />
        )}
      </Labelled>
    </>
  );
}

function MeasureFields({ order, draft, errors, change }: RefundFieldsProps) {
  const { locale } = useShop();
  const group = useId();
  const { currency, refundable } = order;
  const { refund: texts } = ADMIN_TEXTS.order;
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const deliveryCents = shippingCents(order);
  const byUnits = [texts.byUnitsHint(money(unitsCents(1, order)))];
  if (deliveryCents > 0) byUnits.push(texts.byUnitsWithout(money(deliveryCents)));
  const words = {
    whole: [texts.whole, texts.wholeHint(money(refundable.amountCents))],
    units: [texts.byUnits, byUnits.join(' ')],
    amount: [texts.byAmount, texts.byAmountHint],
  } as const;
  return (
    <>
      <fieldset class="conditions">
        <legend>{texts.how}</legend>
        {MEASURES.filter((measure) => measure !== 'units' || refundable.units > 0).map(
          (measure) => (
            <Check
              key={measure}
              group={group}
              label={words[measure][0]}
              hint={words[measure][1]}
              isOn={draft.measure === measure}
              onSwitch={() => change({ measure, restock: null })}
            />
          ),
        )}
      </fieldset>
      {draft.measure === 'units' && (
        <UnitsField
          label={texts.paidUnits}
          from={1}
          to={refundable.units}
          value={draft.units}
          onChoose={(units) => change({ units, restock: null })}
        />
      )}
      {draft.measure === 'amount' && (
        <Labelled label={texts.amount(currency)} errors={errors} path="amountCents">
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={draft.amount}
              onInput={({ currentTarget }) => change({ amount: currentTarget.value })}
            />
          )}
        </Labelled>
      )}
    </>
  );
}

interface UnitsFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly from: number;
  readonly to: number;
  readonly value: number;
  onChoose(units: number): void;
}

function UnitsField({ from, to, value, onChoose, ...words }: UnitsFieldProps) {
  const { restockNone } = ADMIN_TEXTS.order.refund;
  return (
    <Labelled {...words}>
      {(control) => (
        <select
          {...control}
          value={String(value)}
          onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
        >
          {Array.from({ length: to - from + 1 }, (_, n) => from + n).map((count) => (
            <option key={count} value={String(count)}>
              {count === 0 ? restockNone : LAZY_TEXTS.payment.returnedUnits(count)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
