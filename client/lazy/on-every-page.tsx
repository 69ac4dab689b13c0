/** What every page has besides its screen, and no first one needs. */
import { useEffect } from 'preact/hooks';
import { createAccountApi } from '../account/account-api.ts';
import { storeMailLanguage } from '../account/mail-language.ts';
import { ScrollPlaces } from '../page/scroll-places.ts';
import { TranslatedPage } from '../page/translated-page.ts';
import { HoldBar } from '../purchase/hold-bar.tsx';
import { QueueOnEveryPage } from '../queue/queue-on-every-page.tsx';
import { useShop } from '../shop/shop.ts';

export function OnEveryPage() {
  const { api, drafts, session } = useShop();
  const userId = session.current.value?.user.id;
  useEffect(() => {
    if (userId !== undefined) void storeMailLanguage({ api: createAccountApi(api), drafts });
  }, [userId]);
  return (
    <>
      <ScrollPlaces />
      <TranslatedPage />
      {userId && <HoldBar key={userId} />}
      <QueueOnEveryPage />
    </>
  );
}
