/** Puts it before the tab's title that it is one's turn, for whoever looks at another tab. Draws nothing. */
import { useEffect } from 'preact/hooks';
import { clockDigits } from '../format/times.ts';
import { endsMs, nextHoldChangeMs, shownHolds } from '../holds/shown-holds.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** Between it and the title of the screen; no title begins with it. */
const BETWEEN = ' \u2022 ';

export function TurnInTab() {
  const { clock, holds } = useShop();
  const known = holds.current.value;
  const nowMs = useNowUntil(nextHoldChangeMs(known, clock.nowMs()));
  const offer = shownHolds(known, nowMs).running.find(({ entryId }) => entryId);
  if (offer === undefined) return null;
  return (
    <Ticking momentMs={endsMs(offer)}>
      {(remainingMs) => <Before words={LAZY_TEXTS.queue.turnInTab(clockDigits(remainingMs))} />}
    </Ticking>
  );
}

/** Before whichever title the screen gives the page. */
function Before({ words }: { words: string }) {
  useEffect(() => {
    document.title = `${words}${BETWEEN}${screenTitle()}`;
  });
  useEffect(
    () => () => {
      document.title = screenTitle();
    },
    [],
  );
  return null;
}

function screenTitle(): string {
  return document.title.split(BETWEEN).at(-1) ?? '';
}
