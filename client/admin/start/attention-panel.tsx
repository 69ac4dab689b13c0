/** What needs somebody's attention, each with the way to the screen that settles it. */
import type { ComponentChildren } from 'preact';
import type { Home } from '../../../worker/contract/home.ts';
import { isolated } from '../../format/direction.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { TEXTS } from '../../texts/texts.ts';
import { outboxPath } from '../outbox/outbox-place.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** Where counts end; one more stands for more. */
const COUNT_MAX = 99;

type Attention = Home['attention'];

export function AttentionPanel({ attention }: { attention: Attention }) {
  const { home } = ADMIN_TEXTS;
  const lines = useLines(attention);
  return (
    <section class="panel" aria-labelledby="home-attention">
      <h2 id="home-attention">{home.attention}</h2>
      {lines.length === 0 ? (
        <p class="home-none">{home.nothing}</p>
      ) : (
        <ul class="home-list">
          {lines.map(({ key, words, href, action }) => (
            <li key={key}>
              <p>{words}</p>
              <a href={href}>{action}</a>
            </li>
          ))}
        </ul>
      )}
      {attention.reports === null && <p class="field-hint">{home.reportsUnknown}</p>}
    </section>
  );
}

interface Line {
  readonly key: string;
  readonly words: ComponentChildren;
  readonly href: string;
  readonly action: string;
}

function useLines(attention: Attention): Line[] {
  const { home, legal } = ADMIN_TEXTS;
  const { givenUp, reports, unsent, legalMissing } = attention;
  const lines: (Line | false)[] = [
    ...usePaymentLines(attention),
    givenUp > 0 && {
      key: 'given-up',
      words: home.givenUp(counted(givenUp), givenUp),
      href: outboxPath({ outcome: 'given_up' }),
      action: home.showOutbox,
    },
    ...reportLines(reports),
    unsent > 0 && {
      key: 'unsent',
      words: home.unsent(counted(unsent), unsent),
      href: '/admin/orders?delivery=to_send',
      action: home.showUnsent,
    },
    ...stockLines(attention.lowStock),
    legalMissing.length > 0 && {
      key: 'legal',
      words: `${legal.attention}: ${legalMissing.map((page) => TEXTS.legal[page]).join(', ')}`,
      href: '/admin/legal',
      action: legal.attentionAction,
    },
  ];
  return lines.filter((line) => line !== false);
}

function usePaymentLines({ payments }: Attention): Line[] {
  const { locale } = useShop();
  const { attention } = ADMIN_TEXTS.payments;
  const { disputed, answerBy, answerOrderId, late, failed, owed } = payments;
  const capture = 'payment.capture';
  const outbox = [
    ['owed', owed, attention.owed, { outcome: 'given_up' }],
    ['late', late, attention.late, { outcome: 'waiting', kind: capture }],
    ['failed', failed, attention.failed, { outcome: 'given_up', kind: capture }],
  ] as const;
  const lines: Line[] = outbox.flatMap(([key, count, words, filter]) =>
    count === 0
      ? []
      : [{ key, words: words(count), href: outboxPath(filter), action: attention.show }],
  );
  if (disputed === 0 || answerBy === null || answerOrderId === null) return lines;
  const words = attention.disputed(disputed, formatInstant(answerBy, { locale }));
  const href = `/admin/orders/${answerOrderId}`;
  return [{ key: 'disputed', words, href, action: attention.showOrder }, ...lines];
}

function reportLines(reports: Attention['reports']): Line[] {
  const { home } = ADMIN_TEXTS;
  return (['reviews', 'comments'] as const).flatMap((of) => {
    const count = reports?.[of] ?? 0;
    if (count === 0) return [];
    const words = home.reported[of](counted(count), count);
    return [{ key: of, words, href: '/admin/moderation', action: home.moderate }];
  });
}

function stockLines({ items, hasMore }: Attention['lowStock']): Line[] {
  const { home } = ADMIN_TEXTS;
  const lines: Line[] = items.map((item) => {
    const { name, variantLabel, eventTitle, remaining, total, waiting } = item;
    const what = isolated(variantLabel === null ? name : `${name}, ${variantLabel}`);
    const where = isolated(eventTitle);
    return {
      key: item.eventItemId,
      words:
        remaining > 0
          ? home.lowStock({ what, where, remaining, total })
          : home.goneWithWaiting({ what, where, waiting }),
      href: `/admin/events/${item.eventId}`,
      action: home.showEvent,
    };
  });
  if (!hasMore) return lines;
  const href = '/admin/events';
  return [...lines, { key: 'more', words: home.moreLowStock, href, action: home.allEvents }];
}

/** `99+` for more than is counted. */
function counted(count: number): string {
  return count > COUNT_MAX ? `${ADMIN_TEXTS.number(COUNT_MAX)}+` : ADMIN_TEXTS.number(count);
}
