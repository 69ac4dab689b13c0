/** Packing slips of the chosen orders, one on each page of paper. Must not mark anything as sent. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SlipsAnswer } from '../../../worker/contract/order-slips.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { Check } from '../forms/check.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { Choice } from './chosen-orders.ts';
import { Slip } from './slip.tsx';

export interface SlipsProps {
  readonly orders: Choice;
  /** What is on the button that leads back; that of the list without it. */
  readonly back?: string;
  onBack(): void;
}

export function Slips({ orders, back, onBack }: SlipsProps) {
  const admin = useAdmin();
  const { problem, run } = useAction();
  const [answer, setAnswer] = useState<SlipsAnswer | null>(null);
  const [hasPrices, setHasPrices] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { chosen: texts } = ADMIN_TEXTS;
  const title = answer ? texts.slipsTitle(answer.slips.length) : texts.slipsLoading;
  useDocumentTitle(title);
  const load = () => {
    const ids = orders.map(({ id }) => id);
    run(() => admin.readSlips(ids), setAnswer);
  };
  // They are read once: each reading is in the audit log.
  useEffect(() => {
    heading.current?.focus();
    load();
  }, []);
  return (
    <div class="slips">
      <div class="unprinted send-chosen">
        <p class="back">
          <Button kind="plain" onPress={onBack}>
            {back ?? texts.backToList}
          </Button>
        </p>
        <Heading shown={heading}>{title}</Heading>
        {!answer && problem && <Failed problem={problem} onRetry={load} />}
        {!answer && !problem && <Loading />}
        {answer && (
          <SlipControls
            count={answer.slips.length}
            missing={orders.length - answer.slips.length}
            hasPrices={hasPrices}
            onSwitch={setHasPrices}
          />
        )}
      </div>
      {answer?.slips.map((slip) => (
        <Slip key={slip.id} slip={slip} shopName={answer.shopName} hasPrices={hasPrices} />
      ))}
    </div>
  );
}

interface SlipControlsProps {
  readonly count: number;
  /** Orders without a slip. */
  readonly missing: number;
  readonly hasPrices: boolean;
  onSwitch(hasPrices: boolean): void;
}

function SlipControls({ count, missing, hasPrices, onSwitch }: SlipControlsProps) {
  const { chosen: texts } = ADMIN_TEXTS;
  return (
    <div class="form">
      {missing > 0 && <p>{texts.slipsMissing(missing)}</p>}
      {count > 0 && (
        <>
          <p>{texts.slipsHint}</p>
          <Check
            label={texts.withPrices}
            hint={texts.withPricesHint}
            isOn={hasPrices}
            onSwitch={onSwitch}
          />
          <div class="actions">
            <Button onPress={() => globalThis.print()}>{texts.print}</Button>
          </div>
        </>
      )}
    </div>
  );
}
