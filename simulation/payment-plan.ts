/** Which sales are paid online, and how their provider behaves. Drawn beforehand. */
import type { SeededRandom } from './seeded-random.ts';

/** Probabilities, 0 to 1. */
export interface ProviderRates {
  /** Per call of the shop: it never comes to the provider; it is done and not answered; it takes seconds. */
  unheard: number;
  unanswered: number;
  slow: number;
  /** Per event that the provider tells the shop of: never told, told late and behind others, told twice. */
  forgotten: number;
  late: number;
  twice: number;
  /** Per try to pay. */
  declined: number;
  /** Per payment: no capture of it succeeds; its authorisation lapses by itself. */
  uncapturable: number;
  lapsing: number;
  /** Per refund: decided only later; not made at all. */
  refundPending: number;
  refundFailed: number;
}

export interface ProviderPlan {
  rates: ProviderRates;
  /** Probability per payment that its shopper pays by what cannot be authorised first: it is taken at once. */
  atOnce: number;
  /** Of the whole run's faults: the provider cannot be reached. */
  outages: { fromMs: number; toMs: number }[];
}

export interface PaymentConditions {
  /** Orders are paid online. */
  payOnline: boolean;
  provider: ProviderPlan;
}

/** Of the paid runs: one may pay by what is taken at once, too. */
const AT_ONCE_SHARE = 0.4;
const AT_ONCE_STREAM = 1;
/** Of the runs. */
const RUNS_SHARE = 0.3;
const OUTAGES_MAX = 2;
const OUTAGE_MS_MAX = 12_000;
/** Of the paid runs. */
const FAULTLESS_SHARE = 0.2;

const FAULTLESS: ProviderRates = {
  unheard: 0,
  unanswered: 0,
  slow: 0,
  forgotten: 0,
  late: 0,
  twice: 0,
  declined: 0,
  uncapturable: 0,
  lapsing: 0,
  refundPending: 0,
  refundFailed: 0,
};

export const NOBODY_PAYS: PaymentConditions = {
  payOnline: false,
  provider: { rates: FAULTLESS, atOnce: 0, outages: [] },
};

/** @param sale when the run begins, and when its faults end. */
export function drawPayments(
  random: SeededRandom,
  sale: { startMs: number; faultsEndAtMs: number },
): PaymentConditions {
  const methods = random.fork(AT_ONCE_STREAM);
  const atOnce = methods.happens(AT_ONCE_SHARE) ? methods.pick([0.3, 0.7, 1]) : 0;
  if (!random.happens(RUNS_SHARE)) return NOBODY_PAYS;
  if (random.happens(FAULTLESS_SHARE)) {
    return { payOnline: true, provider: { ...NOBODY_PAYS.provider, atOnce } };
  }
  const rate = (max: number) => (random.happens(0.35) ? 0 : random.next() * max);
  const rates = {
    unheard: rate(0.15),
    unanswered: rate(0.15),
    slow: rate(0.1),
    forgotten: rate(0.6),
    late: rate(0.6),
    twice: rate(0.4),
    declined: rate(0.3),
    uncapturable: rate(0.25),
    lapsing: rate(0.25),
    refundPending: rate(0.5),
    refundFailed: rate(0.3),
  };
  const outages = Array.from({ length: Math.max(0, random.int(-1, OUTAGES_MAX)) }, () => {
    const fromMs = random.int(sale.startMs, sale.faultsEndAtMs);
    return { fromMs, toMs: Math.min(sale.faultsEndAtMs, fromMs + random.int(500, OUTAGE_MS_MAX)) };
  });
  return { payOnline: true, provider: { rates, atOnce, outages } };
}
