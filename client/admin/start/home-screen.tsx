/** `/admin`: what is live and next, what needs attention, and revenue over time. */
import type { Home } from '../../../worker/contract/home.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Heading } from '../../ui/heading.tsx';
import { Failed, Loading, OutOfDate } from '../../ui/page-state.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { AttentionPanel } from './attention-panel.tsx';
import { RevenuePanel } from './revenue-panel.tsx';
import { LivePanel, NextPanel } from './sales-panels.tsx';

const EVERY_MS = 10_000;

export function HomeScreen() {
  const { home } = ADMIN_TEXTS;
  useDocumentTitle(home.title);
  const admin = useAdmin();
  const { value, problem, refresh } = usePolled<Home>({
    of: 'home',
    key: '',
    load: () => admin.readHome(),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <div class="home">
      <header class="admin-head">
        <Heading>{home.title}</Heading>
        <a class="button button-primary" href="/admin/events/new">
          {ADMIN_TEXTS.newEvent}
        </a>
      </header>
      {value && problem && <OutOfDate problem={problem} />}
      {value && (
        <>
          <AttentionPanel attention={value.attention} />
          <div class="home-sales">
            <LivePanel live={value.live} />
            <NextPanel next={value.next} />
          </div>
        </>
      )}
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading />}
      <RevenuePanel />
    </div>
  );
}
