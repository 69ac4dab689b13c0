/**
 * At the foot of every screen while a unit is held: the time left and the way to decide, so that
 * nobody loses it by looking elsewhere. Says nothing where the hold itself is on the screen.
 */

import { useEffect, useState } from 'preact/hooks';
import { isolated } from '../format/direction.ts';
import { itemTitle } from '../format/item-title.ts';
import { clockDigits } from '../format/times.ts';
import { followHolds } from '../holds/follow-holds.ts';
import type { HeldOrder } from '../holds/holds.ts';
import { nextHoldChangeMs, shownHolds } from '../holds/shown-holds.ts';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { onWake } from '../time/wake.ts';
import { Button } from '../ui/button.tsx';
import { holdKind, Ring, shareLeft } from './hold-card.tsx';
import { actionFor, showItem } from './show-item.ts';

/** Screens that ask for orders by themselves. */
const ASKING_SCREENS = /^\/(events\/|orders)/;

export function HoldBar() {
  const { api, clock, holds, orderUpdates, session } = useShop();
  const { path } = useLocation();
  const [dismissed, setDismissed] = useState('');
  const userId = session.current.value?.user.id ?? '';
  useEffect(() => {
    const isAskedFor = () => ASKING_SCREENS.test(location.pathname);
    return followHolds({ userId, api, holds, orderUpdates, isAskedFor, onWake });
  }, [userId]);
  const known = holds.current.value;
  const nowMs = useNowUntil(nextHoldChangeMs(known, clock.nowMs()));
  const { running, ended } = shownHolds(known, nowMs);
  const [first, ...others] = running;
  // There each hold has its time, and the way to go on.
  if (path === '/orders' || path === `/orders/${first?.id}`) return null;
  if (first) return <Running key={first.id} hold={first} others={others.length} />;
  if (!ended || dismissed === ended.id) return null;
  return <Ended hold={ended} onDismiss={() => setDismissed(ended.id)} />;
}

function Running({ hold, others }: { hold: HeldOrder; others: number }) {
  const isSeen = useIsOnScreen(hold.eventItemId);
  if (isSeen) return null;
  // On its own screen the hold itself is read out.
  const isElsewhere = document.getElementById(hold.eventItemId) === null;
  const wholeMs = Date.parse(hold.expiresAt) - Date.parse(hold.reservedAt);
  const href = others > 0 ? '/orders' : `/events/${hold.eventId}#${hold.eventItemId}`;
  return (
    <aside aria-label={LAZY_TEXTS.holdBar}>
      <Ticking momentMs={Date.parse(hold.expiresAt)}>
        {(remainingMs) => (
          <div class={`hold-bar ${hold.entryId ? 'hold-bar-turn' : ''} ${holdKind(remainingMs)}`}>
            <Ring share={shareLeft(remainingMs, wholeMs)} />
            <p class="hold-bar-words">
              <strong
                class="hold-bar-digits notranslate"
                role="timer"
                key={clockDigits(remainingMs)}
                translate={false}
              >
                {clockDigits(remainingMs)}
              </strong>
              {isElsewhere && (
                <span class="visually-hidden" aria-live="polite">
                  <span key={TEXTS.spokenRemaining(remainingMs)}>
                    {LAZY_TEXTS.holdRemaining(TEXTS.spokenRemaining(remainingMs))}
                  </span>
                </span>
              )}
              <span>
                {barWords(hold)} {others > 0 && <span>{LAZY_TEXTS.holdBarMore(others)}</span>}
              </span>
            </p>
            {/* Where it leads to the screen that is shown already, nothing would move by itself. */}
            <a class="button button-primary" href={href} onClick={() => showItem(hold.eventItemId)}>
              {hold.entryId ? LAZY_TEXTS.queue.turnGo : LAZY_TEXTS.holdBarGo}
            </a>
          </div>
        )}
      </Ticking>
    </aside>
  );
}

function barWords({ entryId, itemName, variantLabel }: HeldOrder): string {
  const { holdBarOne, holdBarUnit, queue } = LAZY_TEXTS;
  if (!itemName) return entryId ? queue.turnBarUnit : holdBarUnit;
  const name = isolated(itemTitle(itemName, variantLabel));
  return entryId ? queue.turnBar(name) : holdBarOne(name);
}

function Ended({ hold, onDismiss }: { hold: HeldOrder; onDismiss(): void }) {
  const isSeen = useIsOnScreen(hold.eventItemId);
  if (isSeen) return null;
  return (
    <aside class="hold-bar" aria-label={LAZY_TEXTS.holdBar}>
      <output class="hold-bar-words">
        {hold.entryId ? LAZY_TEXTS.queue.turnBarEnded : LAZY_TEXTS.holdBarEnded}
      </output>
      <a
        class="button button-primary"
        href={`/events/${hold.eventId}#${hold.eventItemId}`}
        onClick={() => showItem(hold.eventItemId)}
      >
        {LAZY_TEXTS.holdBarAgain}
      </a>
      <Button kind="plain" onPress={onDismiss} label={LAZY_TEXTS.dismiss}>
        ×
      </Button>
    </aside>
  );
}

/** Whether what can be done about the hold is on the screen already. */
function useIsOnScreen(id: string): boolean {
  const [isSeen, setIsSeen] = useState(true);
  useEffect(() => {
    function look() {
      const box = actionFor(id)?.getBoundingClientRect();
      setIsSeen(box !== undefined && box.bottom >= 0 && box.top <= innerHeight);
    }
    look();
    // A screen that is drawn later, or moves, is seen by the next second at the latest.
    const looking = setInterval(look, LOOK_EVERY_MS);
    addEventListener('scroll', look, { passive: true });
    return () => {
      clearInterval(looking);
      removeEventListener('scroll', look);
    };
  }, [id]);
  return isSeen;
}

const LOOK_EVERY_MS = 500;
