/**
 * Shoppers who hold a unit and pay for it, so many a second, until they are told to end. Their connections are
 * kept and bare, so that two cores measure the payments and not those who make them.
 */
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { PaymentAnswer } from '../../worker/contract/payments.ts';
import { CARDS } from '../rehearse/payment-page.ts';
import { type Connection, openConnection, requestText } from '../speed/connection.ts';
import type { HttpAnswer } from '../speed/http-answer.ts';
import type { Paid, PayersSale } from './payment-messages.ts';

const OK = 200;
const CREATED = 201;
const SEE_OTHER = 303;
const UNAVAILABLE = 503;
const ERROR_CHARS_MAX = 80;

export interface Payers {
  /** Nobody begins any more. */
  stop(): void;
  /** The same; resolves when all who began have ended. */
  end(): Promise<Paid>;
}

export function payers(sale: PayersSale): Payers {
  const outcomes: Paid = { begun: 0, paid: 0, unavailable: 0, other: [] };
  const under: Promise<void>[] = [];
  const shop = keptConnections(sale.port);
  const provider = keptConnections(Number(new URL(sale.providerUrl).port));
  const begin = () => {
    const token = sale.tokens[outcomes.begun];
    if (token === undefined) return;
    outcomes.begun += 1;
    under.push(
      payOnce(sale.eventItemId, token, { shop, provider }).then((outcome) => {
        if (outcome === 'paid' || outcome === 'unavailable') outcomes[outcome] += 1;
        else outcomes.other.push(outcome);
      }),
    );
  };
  const timer = setInterval(begin, 1_000 / sale.perSecond);
  return {
    stop: () => clearInterval(timer),
    async end() {
      clearInterval(timer);
      await Promise.all(under);
      shop.close();
      provider.close();
      return outcomes;
    },
  };
}

interface Connections {
  /** One that nobody uses just now, or a new one. */
  send(request: string): Promise<HttpAnswer>;
  close(): void;
}

function keptConnections(port: number): Connections {
  const free: Connection[] = [];
  return {
    async send(request) {
      const connection = free.pop() ?? (await openConnection(port));
      const answer = await connection.send(request);
      free.push(connection);
      return answer;
    },
    close() {
      for (const connection of free.splice(0)) connection.close();
    },
  };
}

/** @returns `paid`, `unavailable`, or what nobody expects. */
async function payOnce(
  eventItemId: string,
  token: string,
  { shop, provider }: { shop: Connections; provider: Connections },
): Promise<string> {
  const post = (path: string) =>
    shop.send(requestText(`/api/v1/purchase/${path}`, { token, key: `${path}-once` }));
  try {
    const held = await post(eventItemId);
    if (held.status !== CREATED) return `a hold was answered ${held.status}`;
    const { order } = JSON.parse(held.body) as OrderAnswer;
    const begun = await post(`${order.id}/pay`);
    if (begun.status === UNAVAILABLE) return 'unavailable';
    if (begun.status !== OK) return `pay was answered ${begun.status}`;
    const { payment } = JSON.parse(begun.body) as PaymentAnswer;
    // Browsers go there directly, and not by the shop's way.
    const page = new URL(payment.redirectUrl ?? '').pathname;
    const submitted = await provider.send(formText(page, { card: CARDS.good }));
    return submitted.status === SEE_OTHER ? 'paid' : `the page answered ${submitted.status}`;
  } catch (error) {
    return `no answer: ${String(error).slice(0, ERROR_CHARS_MAX)}`;
  }
}

/** A form as a browser sends it. */
function formText(path: string, fields: Record<string, string>): string {
  const body = new URLSearchParams(fields).toString();
  return [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
