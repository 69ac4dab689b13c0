/** The way into an item's queue: what it is, how many are in it, and one button. Must not enter by itself. */
import { useId, useState } from 'preact/hooks';
import { VerifyFirst } from '../account/verify-first.tsx';
import type { CallProblem } from '../api/call-problem.ts';
import { isolated } from '../format/direction.ts';
import { formatInstant } from '../format/times.ts';
import { PaymentChecked } from '../purchase/payment-checked.tsx';
import { useArmed } from '../purchase/use-armed.ts';
import type { LiveEvent, LiveItem } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { drawShare } from './draw-share.ts';
import type { Wish } from './queue-api.ts';
import { neededToCome } from './standing.ts';
import { UnitsSelect } from './units-select.tsx';
import { WaitingFacts } from './waiting-facts.tsx';
import type { WayIn } from './way-in.ts';

export interface EnterQueueProps {
  readonly event: LiveEvent;
  readonly item: LiveItem;
  /** With its variant, for a person. */
  readonly name: string;
  readonly way: WayIn;
  /** Else a variant has to be chosen first, and a press asks for that. */
  readonly isChosen: boolean;
  /** What asks for that. */
  readonly choose: string;
  readonly isSignedIn: boolean;
  /** Units that the limit leaves. */
  readonly left: number;
  /** It is not known yet whether one waits already. */
  readonly isLooking: boolean;
  readonly isEntering: boolean;
  readonly problem: CallProblem | null;
  onEnter(wish: Wish): void;
  onChoose(): void;
}

export function EnterQueue(props: EnterQueueProps) {
  const { item, name, way, isChosen, isSignedIn, left, problem, onEnter, onChoose } = props;
  const { queue: texts } = LAZY_TEXTS;
  const titleId = useId();
  const { wish, change } = useWish(item.id, left);
  const isDraw = way === 'draw';
  const share = drawShare(item.queue, item.stock, isChosen ? wish.quantity : 0);
  // Who hammers Buy while the last unit goes has not asked to wait.
  const isArmed = useArmed();
  const isInert = !isArmed || props.isEntering || (isSignedIn && props.isLooking && isChosen);
  const action = wordFor(props);
  const canCome = item.stock.remaining + item.stock.held;
  return (
    <section class="queue-card" aria-labelledby={titleId}>
      <h4 class="queue-title" id={titleId}>
        {isDraw ? texts.drawTitle : texts.waitlistTitle}
      </h4>
      <Lead {...props} />
      {isDraw && (
        <p>
          {texts.drawTaking(item.queue.waiting)}{' '}
          {isChosen && item.queue.waiting > 0 && texts.drawShare(share)}
        </p>
      )}
      {!isDraw && isChosen && <p>{texts.waiting(item.queue.waiting)}</p>}
      {/* What comes free in a draw that is still to be drawn is not known yet. */}
      {way === 'waitlist' && isChosen && (
        <p key={`${item.stock.held} ${item.queue.waitingUnits}`} class="queue-chance">
          {texts.chance(neededToCome(item.stock, item.queue.waitingUnits), canCome)}
        </p>
      )}
      {problem && <EnterProblem problem={problem} item={item} />}
      <div class="queue-enter">
        {isChosen && left > 1 && (
          <UnitsSelect
            label={TEXTS.quantity}
            max={left}
            value={wish.quantity}
            onChoose={(quantity) =>
              change({ quantity, minQuantity: Math.min(wish.minQuantity, quantity) })
            }
          />
        )}
        {isChosen && wish.quantity > 1 && (
          <UnitsSelect
            label={texts.smallest}
            max={wish.quantity}
            value={wish.minQuantity}
            onChoose={(minQuantity) => change({ ...wish, minQuantity })}
          />
        )}
        <Button
          isInert={isInert}
          label={TEXTS.itemLabel(action, isolated(name))}
          onPress={() => (isChosen ? onEnter(wish) : onChoose())}
        >
          {action}
        </Button>
      </div>
      {isChosen && wish.quantity > 1 && (
        <p class="queue-small">{wish.minQuantity > 1 ? texts.smallestHint : texts.fewerHint}</p>
      )}
      <WaitingFacts
        event={props.event}
        held={isChosen && way === 'waitlist' ? item.stock.held : 0}
      />
    </section>
  );
}

/** In place of the way in, where a draw takes nobody any more and has no waitlist. */
export function EntriesClosed() {
  const { queue: texts } = LAZY_TEXTS;
  const titleId = useId();
  return (
    <section class="queue-card" aria-labelledby={titleId}>
      <h4 class="queue-title" id={titleId}>
        {texts.drawTitle}
      </h4>
      <p>{texts.entriesClosed}</p>
    </section>
  );
}

function Lead({ event, item, way }: EnterQueueProps) {
  const { locale, timeZone } = useShop();
  const { queue: texts } = LAZY_TEXTS;
  const at = (instant: string) => formatInstant(instant, { locale, timeZone });
  switch (way) {
    case 'draw':
      return <p>{texts.drawLead(at(event.entriesCloseAt ?? event.startsAt))}</p>;
    case 'late':
      return <p>{texts.lateLead}</p>;
    case 'drawing':
      return <p>{texts.drawingLead}</p>;
    case 'waitlist':
      if (item.stock.remaining > 0) return <p>{texts.waitlistPromised}</p>;
      return <p>{event.admission === 'draw' ? texts.waitlistAfterDraw : texts.waitlistLead}</p>;
    default:
      return way satisfies never;
  }
}

function EnterProblem({ problem, item }: { problem: CallProblem; item: LiveItem }) {
  const { clock, locale, timeZone } = useShop();
  const { purchase, queue: texts } = LAZY_TEXTS;
  const { code, limit, held, bought, waiting, nextReleaseAt, retryAfterMs = 0 } = problem;
  if (code === 'rate_limited' && retryAfterMs > TOO_OFTEN_MS_MIN) {
    const time = formatInstant(clock.nowMs() + retryAfterMs, { locale, timeZone });
    return (
      <div class="notice" role="alert">
        <p>{texts.enteredTooOften(time)}</p>
      </div>
    );
  }
  return (
    <ProblemNotice problem={problem}>
      {limit !== undefined && held !== undefined && bought !== undefined && (
        <p>{purchase.limitDetail({ limit, held, bought })}</p>
      )}
      {waiting !== undefined && <p>{texts.mailboxWaits(waiting)}</p>}
      {code === 'limit_reached' && nextReleaseAt && <PaymentChecked releaseAt={nextReleaseAt} />}
      {code === 'email_unverified' && <VerifyFirst place={item.id} />}
    </ProblemNotice>
  );
}

/** Longer than anybody waits for a second try: the queue was entered as often as one may in a day. */
const TOO_OFTEN_MS_MIN = 60_000;

function wordFor({
  way,
  choose,
  isChosen,
  isSignedIn,
  isEntering,
  isLooking,
}: EnterQueueProps): string {
  const { queue: texts } = LAZY_TEXTS;
  const isDraw = way === 'draw';
  if (isEntering) return isDraw ? texts.entering : texts.joining;
  if (!isChosen) return choose;
  if (!isSignedIn) return isDraw ? texts.enterDrawSignedOut : texts.joinSignedOut;
  if (isLooking) return TEXTS.loading;
  return isDraw ? texts.enterDraw : texts.join;
}

/** Kept as a draft, so that signing in does not lose it. */
function useWish(eventItemId: string, left: number) {
  const { drafts } = useShop();
  const draft = `wish ${eventItemId}`;
  const [kept, setKept] = useState(() => drafts.read(draft));
  const [quantity = 1, minQuantity = 1] = kept.split(' ').map((digits) => Number(digits) || 1);
  const most = Math.max(1, Math.min(quantity, left));
  return {
    wish: { quantity: most, minQuantity: Math.min(minQuantity, most) },
    change: (wish: Wish) => {
      const next = `${wish.quantity} ${wish.minQuantity}`;
      drafts.write(draft, next);
      setKept(next);
    },
  };
}
