/** Shoppers who hold a unit and pay for it, so many a second, until they are told to end. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { PaymentAnswer } from '../../worker/contract/payments.ts';
import { CARDS, submitForm } from '../rehearse/payment-page.ts';
import type { Bench } from '../speed/bench.ts';

const ANSWER_MS_MAX = 30_000;
const OK = 200;
const CREATED = 201;
const UNAVAILABLE = 503;

/** What became of them. */
export interface Paid {
  begun: number;
  paid: number;
  /** The provider was away. */
  unavailable: number;
  /** What nobody expects, in words. */
  other: string[];
}

export interface Payers {
  /** Nobody begins any more; resolves when all who began have ended. */
  end(): Promise<Paid>;
}

export function payers(
  bench: Bench,
  sale: { eventItemId: EventItemId; perSecond: number; providerUrl: string },
): Payers {
  const outcomes: Paid = { begun: 0, paid: 0, unavailable: 0, other: [] };
  const under: Promise<void>[] = [];
  const timer = setInterval(() => {
    outcomes.begun += 1;
    under.push(
      payOnce(bench, sale).then((outcome) => {
        if (outcome === 'paid' || outcome === 'unavailable') outcomes[outcome] += 1;
        else outcomes.other.push(outcome);
      }),
    );
  }, 1_000 / sale.perSecond);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(under);
      return outcomes;
    },
  };
}

/** @returns `paid`, `unavailable`, or what nobody expects. */
async function payOnce(
  { target: { port, shoppers } }: Bench,
  { eventItemId, providerUrl }: { eventItemId: EventItemId; providerUrl: string },
): Promise<string> {
  const headers = { Authorization: `Bearer ${shoppers.token(shoppers.take(1))}` };
  const post = (path: string) =>
    fetch(`http://127.0.0.1:${port}/api/v1/purchase/${path}`, {
      method: 'POST',
      headers,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  try {
    const held = await post(eventItemId);
    if (held.status !== CREATED) return `a hold was answered ${held.status}`;
    const { order } = (await held.json()) as OrderAnswer;
    const begun = await post(`${order.id}/pay`);
    if (begun.status === UNAVAILABLE) return 'unavailable';
    if (begun.status !== OK) return `pay was answered ${begun.status}`;
    const { payment } = (await begun.json()) as PaymentAnswer;
    // Browsers go there directly, and not by the shop's way.
    const { pathname } = new URL(payment.redirectUrl ?? '');
    const page = new URL(pathname, providerUrl).href;
    const submitted = await submitForm(page, { card: CARDS.good }, ANSWER_MS_MAX);
    return submitted === 'paid' ? 'paid' : `the page answered ${submitted}`;
  } catch (error) {
    return `no answer: ${(error as Error).name}`;
  }
}
