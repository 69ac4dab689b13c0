/** What every page has besides its screen, and no first one needs. */
import { useEffect } from 'preact/hooks';
import { createAccountApi } from '../account/account-api.ts';
import { storeMailLanguage } from '../account/mail-language.ts';
import { useLocation } from '../page/location.tsx';
import { ScrollPlaces } from '../page/scroll-places.ts';
import { SeenFocus } from '../page/seen-focus.ts';
import { TranslatedPage } from '../page/translated-page.ts';
import { HoldBar } from '../purchase/hold-bar.tsx';
import { TabCountdown } from '../purchase/tab-countdown.tsx';
import { QueueOnEveryPage } from '../queue/queue-on-every-page.tsx';
import { useShop } from '../shop/shop.ts';

/** Their screens have the sale's own time in the tab, too. */
const ON_SALE = /^\/events\/[^/]+(\/items\/[^/]+)?$/;

export function OnEveryPage() {
  const { api, drafts, session } = useShop();
  const { path } = useLocation();
  const userId = session.current.value?.user.id;
  useEffect(() => {
    if (userId !== undefined) void storeMailLanguage({ api: createAccountApi(api), drafts });
  }, [userId]);
  return (
    <>
      <ScrollPlaces />
      <SeenFocus />
      <TranslatedPage />
      {userId && <HoldBar key={userId} />}
      {!ON_SALE.test(path) && <TabCountdown />}
      <QueueOnEveryPage />
    </>
  );
}
