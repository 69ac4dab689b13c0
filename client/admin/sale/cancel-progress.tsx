/** That an event was cancelled, by whom and why, and how far what follows has come. Does not ask for it itself. */
import type { Cancellation } from '../../../worker/contract/cancellation.ts';
import { isolated } from '../../format/direction.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface CancelProgressProps {
  readonly cancellation: Cancellation;
  /** Whether its orders were paid online, so that money goes back. */
  readonly isPaid: boolean;
}

export function CancelProgress({ cancellation, isPaid }: CancelProgressProps) {
  const { locale } = useShop();
  const { at, by, reason, orders, refunded, failed, failedOrders, doneAt } = cancellation;
  const texts = ADMIN_TEXTS.cancelling;
  const progress = (isPaid ? texts.refunded : texts.ended)(refunded, orders);
  const finished = doneAt ? texts.finishedAt(formatInstant(doneAt, { locale })) : texts.finished;
  const isOver = !isCancelling(cancellation) && failed === 0;
  const who = by?.name ? isolated(by.name) : by ? texts.somebody : texts.theShop;
  return (
    <section class={`notice ${isOver ? 'notice-calm' : ''}`} aria-labelledby="cancelled">
      <h2 id="cancelled" class="notice-title">
        {texts.title}
      </h2>
      <p>{texts.by(who, formatInstant(at, { locale }))}</p>
      <p class="user-text" dir="auto">
        {reason}
      </p>
      {orders > 0 && (
        <p>
          <output>{progress}</output>{' '}
          <progress value={refunded} max={orders} aria-label={progress} />
        </p>
      )}
      {isCancelling(cancellation) && <p>{texts.working}</p>}
      {isOver && <p>{finished}</p>}
      {failed > 0 && (
        <>
          <p>{texts.failed(failed)}</p>
          <ul>
            {failedOrders.map(({ id, number }) => (
              <li key={id}>
                <a class="row-number" href={`/admin/orders/${id}`} translate={false}>
                  {number}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Whether anything still happens by itself. */
export function isCancelling({ isDone, open }: Cancellation): boolean {
  return !isDone || open > 0;
}
