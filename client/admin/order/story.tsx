/** What happened to an order, in sentences. Must not load anything. */
import type { StoryEntry } from '../../../worker/contract/order-story.ts';
import { isolated } from '../../format/direction.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface StoryProps {
  /** Oldest first. */
  readonly story: readonly StoryEntry[];
  readonly currency: string;
}

export function Story({ story, currency }: StoryProps) {
  const { locale } = useShop();
  const money = (cents: number | null) => formatMoney(cents ?? 0, { currency, locale });
  const { title } = ADMIN_TEXTS.order.story;
  return (
    <section class="order-section" aria-labelledby="order-story">
      <h2 id="order-story">{title}</h2>
      <ol class="rows">
        {story.map((entry, n) => (
          <li class="row" key={`${entry.at} ${entry.what} ${n}`}>
            <p class="story-what">{sentenceOf(entry, money(entry.amountCents))}</p>
            <More entry={entry} />
            <p class="row-meta">
              <time dateTime={entry.at}>{formatInstant(entry.at, { locale })}</time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function More({ entry: { what, units, reason } }: { entry: StoryEntry }) {
  const { story } = ADMIN_TEXTS.order;
  const isDecision = what === 'refund_decided';
  // Which mail it is, the sentence says.
  const isMail = what === 'mailed' || what === 'mail_again';
  return (
    <>
      {isDecision && units !== null && units > 0 && <p>{story.restock(units)}</p>}
      {reason && !isMail && (
        <p class="user-text" dir="auto">
          {wordsIn(wordsFor(what), reason) ?? reason}
        </p>
      )}
    </>
  );
}

function wordsFor(what: StoryEntry['what']): Readonly<Record<string, string>> {
  const { story, dispute } = ADMIN_TEXTS.order;
  if (what === 'disputed') return dispute.reasons;
  return what === 'refund_decided' ? story.reasons : story.ends;
}

/** A stable word of the shop's own in the language spoken; what an admin wrote is none of these. */
function wordsIn(words: Readonly<Record<string, string>>, reason: string): string | undefined {
  return Object.hasOwn(words, reason) ? words[reason] : undefined;
}

/** @param amount of the money that it is about, formatted */
function sentenceOf({ what, by, reason }: StoryEntry, amount: string): string {
  const { story } = ADMIN_TEXTS.order;
  const who = by.name ? isolated(by.name) : story.who[by.kind];
  switch (what) {
    case 'reserved':
      return by.kind === 'shop' ? story.offered : story.reserved(who);
    case 'confirmed':
      return by.kind === 'shop' ? story.confirmedPaid : story.confirmed(who);
    case 'cancelled':
      return story.cancelled(who);
    case 'refund_decided':
      return story.decided(amount, who);
    case 'disputed':
      return story.disputed(amount);
    case 'dispute_won':
    case 'dispute_lost':
    case 'dispute_closed':
      return story[what](amount);
    case 'refund_failed':
      return story.refundFailed(amount);
    case 'sent':
      return story.sent(who);
    case 'event_cancelled':
      return story.eventCancelled(who);
    case 'sent_taken_back':
      return story.sentTakenBack(who);
    case 'mail_again':
      return reason === 'order_sent' ? story.mailSentAgain(who) : story.mailAgain(who);
    case 'address_corrected':
      return story.addressCorrected(who);
    case 'mailed':
      return wordsIn(story.mails, reason ?? '') ?? story.mailed;
    case 'expired':
      return story.expired;
    case 'authorised':
    case 'captured':
    case 'released':
    case 'failed':
    case 'refunded':
      return story[what](amount);
    default:
      return what satisfies never;
  }
}
