/** Disputes of an order's payment: what the bank asks for, and until when it hears the shop. Nothing without one. */
import type { Dispute } from '../../../worker/contract/disputes.ts';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function DisputePanel({
  order: { disputes, currency },
}: {
  order: Pick<AdminOrderDetail, 'currency' | 'disputes'>;
}) {
  const { locale } = useShop();
  const { dispute: texts } = ADMIN_TEXTS.order;
  if (disputes.length === 0) return null;
  return (
    <section class="order-section" aria-labelledby="order-dispute">
      <h2 id="order-dispute">{texts.title}</h2>
      <ul class="rows">
        {disputes.map((one) => (
          <li class={`row ${one.answerBy === null ? '' : 'notice'}`} key={one.id}>
            <p>
              {texts.states[one.state](formatMoney(one.amountCents, { currency, locale }))}
              {one.answerBy !== null &&
                ` ${texts.answerBy(formatInstant(one.answerBy, { locale }))}`}
            </p>
            <p class="row-meta">{texts.reason(reasonOf(one))}</p>
            {one.url !== null && (
              <p>
                <a href={one.url} rel="noreferrer">
                  {texts.page}
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** While one is open the provider gives nothing back. */
export function isRefundBarred({ disputes }: Pick<AdminOrderDetail, 'disputes'>): boolean {
  return disputes.some(({ state }) => state === 'needs_answer' || state === 'answered');
}

/** Words that are not known are shown as the provider writes them. */
function reasonOf({ reason }: Pick<Dispute, 'reason'>): string {
  const words: Readonly<Record<string, string>> = ADMIN_TEXTS.order.dispute.reasons;
  return Object.hasOwn(words, reason) ? (words[reason] ?? reason) : reason;
}
