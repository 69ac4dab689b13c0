/** Says on the screen that one is led to what just became of one's account, until one goes on. */
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from '../page/location.tsx';
import type { AccountNews } from '../shop/account-news.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';

export function AccountNewsNotice() {
  const { accountNews } = useShop();
  const news = accountNews.value;
  if (news === null) return null;
  return <Notice key={news} news={news} onEnd={() => void (accountNews.value = null)} />;
}

function Notice({ news, onEnd }: { news: AccountNews; onEnd(): void }) {
  const { account, dismiss } = LAZY_TEXTS;
  const { session } = useShop();
  const { path } = useLocation();
  // As it was when it was said: who is signed in may be somebody else by now.
  const [email] = useState(session.current.peek()?.user.email ?? '');
  const [shownOn] = useState(path);
  useEffect(() => {
    if (path !== shownOn) onEnd();
  }, [path]);
  return (
    <div class="notice notice-good account-news">
      <output>{news === 'registered' ? account.registered(email) : account[news]}</output>
      <Button kind="plain" onPress={onEnd}>
        {dismiss}
      </Button>
    </div>
  );
}
