/** What every page has besides its screen, and no first one needs. */
import { ScrollPlaces } from '../page/scroll-places.ts';
import { TranslatedPage } from '../page/translated-page.ts';
import { HoldBar } from '../purchase/hold-bar.tsx';
import { useShop } from '../shop/shop.ts';

export function OnEveryPage() {
  const userId = useShop().session.current.value?.user.id;
  return (
    <>
      <ScrollPlaces />
      <TranslatedPage />
      {userId && <HoldBar key={userId} />}
    </>
  );
}
