/** Units of each item by what became of them, and the field that changes how many there are. */

import { useId, useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventItem, Stock } from '../../../worker/contract/events.ts';
import { isolated } from '../../format/direction.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { useAdmin } from '../api/admin-context.ts';
import type { Versioned } from '../api/asking.ts';
import { refreshIfChanged, useAction } from '../api/use-action.ts';
import { groupedByItem } from '../events/item-lines.ts';
import { DRAFT_FAULTS, wholeOf } from '../forms/draft-faults.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { soldOfAdded } from './demand.ts';
import { AddedWords, ItemQueue } from './item-queue.tsx';

export interface UnitsTableProps {
  readonly event: Versioned<AdminEvent>;
  onChanged(event: AdminEvent): void;
  /** Somebody else changed the event. */
  onStale?(): void;
}

export function UnitsTable({ event, ...reactions }: UnitsTableProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{ADMIN_TEXTS.unitsTitle}</h2>
      <ul class="units">
        {groupedByItem(event.items).map(({ first, all }) => (
          <li key={first.itemId}>
            {!first.variant ? (
              <ItemUnits event={event} item={first} {...reactions} />
            ) : (
              <VariantUnits event={event} items={all} {...reactions} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An item that is sold by its variants: all together, and each with units of its own. */
function VariantUnits({
  event,
  items,
  ...reactions
}: UnitsTableProps & { items: readonly EventItem[] }) {
  return (
    <>
      <h3>
        <bdi>{items[0]?.name}</bdi>
      </h3>
      <StockBar stock={sumOf(items)} />
      <ul class="unit-variants">
        {items.map((item) => (
          <li key={item.id}>
            <ItemUnits event={event} item={item} {...reactions} />
          </li>
        ))}
      </ul>
    </>
  );
}

function sumOf(items: readonly EventItem[]): Stock {
  const sum = (part: keyof Stock) => items.reduce((units, { stock }) => units + stock[part], 0);
  return {
    total: sum('total'),
    remaining: sum('remaining'),
    held: sum('held'),
    sold: sum('sold'),
  };
}

function ItemUnits({ event, item, ...reactions }: UnitsTableProps & { item: EventItem }) {
  const { locale } = useShop();
  const Title = item.variant ? 'h4' : 'h3';
  return (
    <article class="unit">
      <div class="unit-facts">
        <Title>
          <bdi>{item.variant?.label ?? item.name}</bdi>{' '}
          <small>{formatMoney(item.priceCents, { currency: event.currency, locale })}</small>
        </Title>
        <StockBar stock={item.stock} />
        <ItemQueue item={item} currency={event.currency} status={event.status} />
      </div>
      {event.status !== 'closed' && <StockForm event={event} item={item} {...reactions} />}
    </article>
  );
}

function StockForm({ event, item, onChanged, onStale }: UnitsTableProps & { item: EventItem }) {
  const admin = useAdmin();
  const name = isolated(itemTitle(item.name, item.variant?.label));
  const [typed, setTyped] = useState('');
  const [isUnread, setIsUnread] = useState(false);
  const [done, setDone] = useState('');
  const { isSending, problem, run } = useAction();

  function submit() {
    const total = wholeOf(typed);
    setIsUnread(total === null);
    setDone('');
    if (total === null) return;
    run(
      () => refreshIfChanged(admin.setStock(event, item.id, total), onStale),
      (changed) => {
        onChanged(changed);
        setTyped('');
        setDone(wordsOf(total));
      },
    );
  }
  function wordsOf(total: number) {
    const isTaken = soldOfAdded(item, total - item.stock.total).units > 0;
    const set = ADMIN_TEXTS.totalSet(name, total);
    return isTaken && event.status !== 'locked' ? `${set} ${ADMIN_TEXTS.queue.toQueue}` : set;
  }
  const added = (wholeOf(typed) ?? 0) - item.stock.total;
  const unread = isUnread ? [{ path: 'total', message: DRAFT_FAULTS.whole }] : [];
  return (
    <form
      class="stock-form"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <Labelled label={ADMIN_TEXTS.newTotalShort} errors={problem?.fields ?? unread} path="total">
        {(control) => (
          <input
            {...control}
            aria-label={ADMIN_TEXTS.newTotal(name)}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            placeholder={String(item.stock.total)}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Labelled>
      <Button type="submit" kind="quiet" isInert={isSending}>
        {isSending ? ADMIN_TEXTS.saving : ADMIN_TEXTS.setTotal}
      </Button>
      <AddedWords item={item} added={added} currency={event.currency} status={event.status} />
      <output class="stock-done">{done}</output>
      {problem && (
        <ProblemNotice problem={problem}>
          {problem.stock && <p>{ADMIN_TEXTS.unitsNow(problem.stock)}</p>}
          {problem.code === 'has_entries' && <p>{ADMIN_TEXTS.queue.plan.onlyMore}</p>}
        </ProblemNotice>
      )}
    </form>
  );
}
