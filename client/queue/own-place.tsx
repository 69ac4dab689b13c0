/** One's place in an item's queue: where one stands, what may come of it, what happens next. Must not ask. */
import { useId } from 'preact/hooks';
import type { CallProblem } from '../api/call-problem.ts';
import { isolated } from '../format/direction.ts';
import { formatInstant } from '../format/times.ts';
import { PushOffer } from '../push/push-offer.tsx';
import type { LiveEvent, LiveItem } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { number } from '../texts/numbers.ts';
import { TEXTS } from '../texts/texts.ts';
import { AskTwice } from '../ui/ask-twice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DrawReceipt } from './draw-receipt.tsx';
import { drawShare } from './draw-share.ts';
import { aheadNow, type Place } from './place.ts';
import { standingOf } from './standing.ts';
import { WaitingFacts } from './waiting-facts.tsx';

export interface OwnPlaceProps {
  readonly event: LiveEvent;
  readonly item: LiveItem;
  readonly place: Place;
  readonly isLeaving: boolean;
  readonly problem: CallProblem | null;
  onLeave(): void;
}

export function OwnPlace(props: OwnPlaceProps) {
  const { event, item, place, isLeaving, problem, onLeave } = props;
  const { queue: texts } = LAZY_TEXTS;
  const titleId = useId();
  const isUndrawn = place.entry.rank === null;
  const label = item.variant && isolated(item.variant.label);
  const inLine = label ? texts.placeOf(label) : texts.placeTitle;
  return (
    <section class="queue-card queue-card-own" aria-labelledby={titleId}>
      <h4 class="queue-title" id={titleId}>
        {isUndrawn ? texts.takePartTitle : inLine}
      </h4>
      {isUndrawn ? <InDraw {...props} /> : <InLine {...props} />}
      <Wished place={place} />
      <WaitingFacts event={event} held={isUndrawn ? 0 : item.stock.held} />
      {event.admission === 'draw' && (
        <p>
          <a href={`/events/${event.id}/draw`}>{texts.checkDraw}</a>
        </p>
      )}
      <DrawReceipt entry={place.entry} />
      <PushOffer about="turn" place={item.id} />
      {problem && <ProblemNotice problem={problem} />}
      <AskTwice
        action={isLeaving ? texts.leaving : isUndrawn ? texts.leaveDraw : texts.leave}
        ask={isUndrawn ? texts.leaveDrawAsk : texts.leaveAsk}
        keep={texts.stay}
        isInert={isLeaving}
        onConfirm={onLeave}
      />
    </section>
  );
}

function InDraw({ event, item, place }: OwnPlaceProps) {
  const { locale, timeZone } = useShop();
  const { queue: texts } = LAZY_TEXTS;
  const opensAtMs = Date.parse(event.startsAt);
  const closesAtMs = event.entriesCloseAt === null ? opensAtMs : Date.parse(event.entriesCloseAt);
  const isLocked = useNowUntil(closesAtMs) >= closesAtMs;
  const isDue = useNowUntil(opensAtMs) >= opensAtMs;
  if (place.drawn !== null) return <p class="queue-drawing">{texts.drawn}</p>;
  if (isDue) return <p class="queue-drawing">{texts.drawing}</p>;
  return (
    <>
      {/* From the lock on, those who came too late for the draw are counted too. */}
      {!isLocked && (
        <p>
          {texts.others(Math.max(0, item.queue.waiting - 1))}{' '}
          {texts.drawShare(drawShare(item.queue, item.stock, 0))}
        </p>
      )}
      <p>{texts.drawnAt(formatInstant(event.startsAt, { locale, timeZone }))}</p>
    </>
  );
}

function InLine({ event, item, place }: OwnPlaceProps) {
  const { queue: texts } = LAZY_TEXTS;
  const ahead = aheadNow(place);
  return (
    <>
      {ahead !== null && ahead.entries > 0 && (
        <>
          <p class="queue-ahead" key={`${ahead.isAtMost} ${ahead.entries}`}>
            {ahead.isAtMost && <span>{texts.atMost}</span>}
            <strong class="queue-digits">{number(ahead.entries)}</strong>{' '}
            {texts.ahead(ahead.entries)}
          </p>
          {ahead.units > ahead.entries && <p>{texts.aheadUnits(ahead)}</p>}
        </>
      )}
      <Ticking momentMs={Date.parse(event.endsAt)}>
        {(closesInMs) => {
          const facts = standingOf(place, { stock: item.stock, closesInMs });
          const closesIn = TEXTS.spokenRemaining(closesInMs);
          const words = texts.standing[facts.standing]({ ...facts, closesIn });
          return (
            <p class={`queue-standing queue-standing-${facts.standing}`} key={words}>
              {words}
            </p>
          );
        }}
      </Ticking>
    </>
  );
}

/** Where it is more than one. */
function Wished({ place }: { place: Place }) {
  const { quantity, minQuantity } = place.entry;
  const { queue: texts } = LAZY_TEXTS;
  if (quantity === 1) return null;
  return (
    <p>
      {texts.wish(quantity, minQuantity)} {minQuantity > 1 && texts.passing}
    </p>
  );
}
