/**
 * A draw as anybody may see it: drawn by the server too, so that it can be read without script. Must not ask
 * for anything.
 */
import type { ComponentChildren } from 'preact';
import type { Draw } from '../../worker/contract/draw.ts';
import type { DrawnEvent } from '../../worker/contract/pages.ts';
import { isolated } from '../format/direction.ts';
import { exactTime } from '../format/exact-time.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { DrawCountsChart } from './draw-counts.tsx';
import { DrawFacts } from './draw-facts.tsx';
import { DrawPicture } from './draw-picture.tsx';
import { everyMsOf, stateOf } from './draw-stage.ts';
import { DrawSteps } from './draw-steps.tsx';
import { DRAW_TEXTS } from './texts/texts.ts';

export interface DrawViewProps {
  readonly eventId: string;
  /** Null while it is not known. */
  readonly draw: Draw | null;
  /** Null where it is not public any more. */
  readonly event: DrawnEvent | null;
  /** The check, and one's own entry. */
  readonly children?: ComponentChildren;
}

export function DrawView({ eventId, draw, event, children }: DrawViewProps) {
  const { locale, timeZone } = useShop();
  const timeOf = (instant: string | number) => exactTime(instant, locale, timeZone);
  return (
    <article class="draw-page">
      {event && (
        <p class="back">
          <a href={`/events/${eventId}`}>{TEXTS.backToEvent}</a>
        </p>
      )}
      <Heading>{titleOf(event)}</Heading>
      {draw && <StateNow draw={draw} timeOf={timeOf} />}
      {draw && stateOf(draw) !== 'nobody' && (
        <DrawSteps draw={draw} event={event} timeOf={timeOf} />
      )}
      {draw?.counts && <DrawCountsChart counts={draw.counts} />}
      {children}
      {draw && <Limits draw={draw} />}
      {draw && <DrawFacts draw={draw} timeOf={timeOf} />}
      <WithoutShop eventId={eventId} />
    </article>
  );
}

export function titleOf(event: DrawnEvent | null): string {
  return event ? DRAW_TEXTS.title(isolated(event.title)) : DRAW_TEXTS.titleAlone;
}

function StateNow({ draw, timeOf }: { draw: Draw; timeOf(instant: string): string }) {
  return (
    <>
      <output class="draw-state">
        <span class="lead">{stateWords(draw, timeOf)}</span>
        {draw.givenUp && <span>{DRAW_TEXTS.reasons[draw.givenUp.reason]}</span>}
      </output>
      <DrawPicture draw={draw} />
      <p class="draw-refreshed">{DRAW_TEXTS.refreshed(everyMsOf(stateOf(draw)) / 1_000)}</p>
      {draw.beacon.kind === 'local' && <LocalBeacon />}
    </>
  );
}

function stateWords(draw: Draw, timeOf: (instant: string) => string): string {
  const { states } = DRAW_TEXTS;
  const state = stateOf(draw);
  switch (state) {
    case 'open':
    case 'nobody':
      return states[state];
    case 'locked':
      return states.locked(timeOf(draw.beacon.roundAt));
    case 'waiting_for_beacon':
      return states.waiting(timeOf(draw.beacon.roundAt));
    case 'drawn':
      return states.drawn(timeOf(draw.drawnAt ?? draw.beacon.roundAt));
    case 'given_up':
      return states.givenUp(timeOf(draw.givenUp?.at ?? draw.beacon.roundAt));
    default:
      return state satisfies never;
  }
}

function LocalBeacon() {
  return (
    <div class="notice">
      <p class="notice-title">{DRAW_TEXTS.localTitle}</p>
      <p>{DRAW_TEXTS.localBody}</p>
    </div>
  );
}

function Limits({ draw }: { draw: Draw }) {
  const { limitsTitle, limits } = DRAW_TEXTS;
  const ofBeacon = draw.beacon.kind === 'local' ? limits.localBeacon : limits.beacon;
  return (
    <section aria-labelledby="draw-limits">
      <h2 id="draw-limits">{limitsTitle}</h2>
      <ul class="draw-limits">
        {[limits.invented, limits.taken, limits.sameList, ofBeacon, limits.later].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function WithoutShop({ eventId }: { eventId: string }) {
  const { howTitle, how, links } = DRAW_TEXTS;
  const api = `/api/v1/events/${eventId}/draw`;
  return (
    <section aria-labelledby="draw-how">
      <h2 id="draw-how">{howTitle}</h2>
      <p>{how}</p>
      <ul class="draw-links">
        <li>
          <a href="/fairness" target="_blank">
            {links.fairness}
          </a>
        </li>
        <li>
          <a href="/verify_draw.py" target="_blank" download>
            {links.program}
          </a>
        </li>
        <li>
          <a href={api}>{links.draw}</a>
        </li>
        <li>
          <a href={`${api}/entries`} download>
            {links.entries}
          </a>
        </li>
        <li>
          <a href="/.well-known/jwks.json" target="_blank">
            {links.keys}
          </a>
        </li>
      </ul>
    </section>
  );
}
