/** `/events/:id/draw`: a draw as it stands now, with its check and one's own entries. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Draw } from '../../worker/contract/draw.ts';
import type { DrawnEvent, DrawPageData } from '../../worker/contract/pages.ts';
import { eventIn } from '../../worker/contract/text-in.ts';
import { exactTime } from '../format/exact-time.ts';
import { itemTitle } from '../format/item-title.ts';
import { drawIn } from '../page/fetched-answers.ts';
import { createQueueApi } from '../queue/queue-api.ts';
import { useShop } from '../shop/shop.ts';
import { usePolled } from '../shop/use-polled.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { useHeadingFocus } from '../ui/use-heading-focus.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import type { StartCheck } from './background/check-messages.ts';
import { CheckPanel, type KnownEntry } from './check-panel.tsx';
import { everyMsOf, stateOf } from './draw-stage.ts';
import { DrawView, titleOf } from './draw-view.tsx';

/** Texts of an event seldom change. */
const EVENT_EVERY_MS = 10 * 60_000;
/** By which a link brings a receipt along. */
const RECEIPT = /^#receipt=([\w.-]+)$/;

export interface DrawScreenProps {
  readonly eventId: string;
  readonly startCheck: StartCheck;
}

export function DrawScreen({ eventId, startCheck }: DrawScreenProps) {
  const { api, initial, locale, timeZone } = useShop();
  const { value, problem, refresh } = usePolled<Pick<DrawPageData, 'draw'>>({
    of: 'draw',
    key: eventId,
    first: drawIn(initial, eventId),
    load: () =>
      api.asAnyone((client) => client.api.v1.events[':id'].draw.$get({ param: { id: eventId } })),
    pace: (answer) => ({
      everyMs: everyMsOf(answer ? stateOf(answer.draw) : 'locked'),
      momentsMs: answer ? momentsOf(answer.draw) : [],
    }),
  });
  const event = useDrawnEvent(eventId);
  const ownEntries = useOwnEntries(eventId);
  const receipt = useMemo(() => RECEIPT.exec(location.hash)?.[1] ?? '', []);
  useDocumentTitle(titleOf(event));
  useHeadingFocus();
  if (value === null && problem?.code === 'not_found') return <NotFoundScreen />;
  return (
    <DrawView eventId={eventId} draw={value?.draw ?? null} event={event}>
      {value && problem && <OutOfDate problem={problem} />}
      {value === null && problem && <Failed problem={problem} onRetry={refresh} />}
      {value === null && !problem && <Loading />}
      {value && (
        <CheckPanel
          eventId={eventId}
          start={startCheck}
          ownEntries={ownEntries}
          receipt={receipt}
          timeOf={(instant) => exactTime(instant, locale, timeZone)}
          nameOf={(id) => nameIn(event, id)}
        />
      )}
    </DrawView>
  );
}

/** When something about it changes by the clock. */
function momentsOf(draw: Draw): number[] {
  const roundAtMs = Date.parse(draw.beacon.roundAt);
  return draw.start ? [draw.start.entriesCloseAtMs, roundAtMs] : [roundAtMs];
}

function nameIn(event: DrawnEvent | null, eventItemId: string): string | undefined {
  const item = event?.items.find(({ id }) => id === eventItemId);
  return item && itemTitle(item.name, item.variant?.label);
}

/** Null while it is not known, and where the event is not public any more. */
function useDrawnEvent(eventId: string): DrawnEvent | null {
  const { api, initial } = useShop();
  const first = useMemo(() => {
    const arrived = drawIn(initial, eventId);
    const event = arrived?.result.ok ? arrived.result.value.event : null;
    return (
      event && { result: { ok: true as const, value: event }, takenAtMs: arrived?.takenAtMs ?? 0 }
    );
  }, [eventId]);
  const { value } = usePolled<DrawnEvent>({
    of: 'event of draw',
    key: eventId,
    first,
    load: () => api.getEvent(eventId),
    pace: () => ({ everyMs: EVENT_EVERY_MS, momentsMs: [] }),
  });
  return value && eventIn(LANGUAGE, value);
}

/** Of whoever is signed in; none where that is not known. */
function useOwnEntries(eventId: string): readonly KnownEntry[] {
  const { api, session } = useShop();
  const userId = session.current.value?.user.id;
  const [entries, setEntries] = useState<readonly KnownEntry[]>([]);
  useEffect(() => {
    if (userId === undefined) return setEntries([]);
    let isOver = false;
    void createQueueApi(api)
      .own({ eventId })
      .then((own) => {
        if (!isOver && own.ok) setEntries(own.value.entries);
      });
    return () => {
      isOver = true;
    };
  }, [eventId, userId]);
  return entries;
}
