/** How each of several orders ended that were to be marked as sent. Must not send anything. */

import type { SentAnswer } from '../../../worker/contract/order-desk.ts';
import { isolated } from '../../format/direction.ts';
import { itemTitle } from '../../format/item-title.ts';
import { useLocation } from '../../page/location.tsx';
import { LAZY_TEXTS } from '../../texts/lazy/texts.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { Choice } from './chosen-orders.ts';
import { orderPlaceOf, singleOrderPath } from './order-filter.ts';

export interface SentResultsProps {
  readonly orders: Choice;
  readonly answer: SentAnswer;
  /** What was typed for each, by its id. */
  readonly links: Readonly<Record<string, string>>;
}

export function SentResults({ orders, answer, links }: SentResultsProps) {
  const place = orderPlaceOf(useLocation().query);
  return (
    <ul class="rows sent-results">
      {orders.map((order) => {
        const link = links[order.id]?.trim() ?? '';
        return (
          <li class="row" key={order.id}>
            <p class="story-what">{wordsOf(order.id, answer, link !== '')}</p>
            <p class="row-meta">
              <a class="row-number" href={singleOrderPath(order.id, place)} translate={false}>
                {order.number}
              </a>
              <span>{isolated(order.customerName)}</span>
              <span dir="auto">{itemTitle(order.itemName, order.variantLabel)}</span>
              {link !== '' && isSent(order.id, answer) && (
                <a href={link} rel="noreferrer" dir="ltr" translate={false}>
                  {link}
                </a>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function isSent(id: string, { sent }: SentAnswer): boolean {
  return sent.some((one) => one === id);
}

function wordsOf(id: string, { refused, sentBefore }: SentAnswer, hasLink: boolean): string {
  const { chosen } = ADMIN_TEXTS;
  const code = refused.find((order) => order.id === id)?.code;
  if (code === 'not_found') return chosen.gone;
  if (code !== undefined) return LAZY_TEXTS.problems[code];
  if (!sentBefore.some((sent) => sent === id)) return chosen.sent;
  return hasLink ? chosen.sentBeforeLink : chosen.sentBefore;
}
