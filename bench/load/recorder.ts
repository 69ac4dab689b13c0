/** Records each request of a sale when it is answered, with the step it belongs to. Must not judge. */
import type { Reply, Request } from '../rehearse/http.ts';
import type { SentForm } from '../rehearse/payment-page.ts';
import { percentile } from '../rehearse/statistics.ts';

const STEPS = ['browse', 'purchase', 'confirm', 'reviews'] as const;
/**
 * `cancel`: a hold is given back. `pay`: the shop is asked for a page to pay on. `page`: the form is sent to
 * the provider. `result`: the shop is asked what became of it, and asks the provider.
 */
const PAID_STEPS = ['browse', 'purchase', 'pay', 'page', 'result', 'cancel', 'reviews'] as const;
export type Step = (typeof STEPS)[number] | (typeof PAID_STEPS)[number];

/** In the order in which shoppers take them. */
export function stepsOf({ isPaidOnline }: { isPaidOnline: boolean }): readonly Step[] {
  return isPaidOnline ? PAID_STEPS : STEPS;
}

export interface Entry {
  step: Step;
  /** In ms since the epoch, by our clock. */
  answeredAtMs: number;
  tookMs: number;
  /** A word for a person, such as `held` or `sold_out`. */
  outcome: string;
  /** Timed out, broken or 5xx. */
  isError: boolean;
}

export interface StepFigures {
  requests: number;
  errors: number;
  errorPercent: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  longestMs: number;
  outcomes: Record<string, number>;
}

/** Twenty thousand shoppers who each ask fifty times. */
const ENTRIES_MAX = 1_000_000;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR_MIN = 500;
const OK_MAX = 299;
const DONE: Record<Step, string> = {
  browse: 'shown',
  purchase: 'held',
  confirm: 'settled',
  cancel: 'settled',
  pay: 'given a page',
  page: 'paid',
  result: 'told',
  reviews: 'read',
};

export interface Recorder {
  entries: Entry[];
  /** Entries that were not kept, beyond ENTRIES_MAX. */
  dropped: number;
  /** By our clock; undefined until the sale is announced. */
  opensAtMs: number | undefined;
  note(request: Request, reply: Reply): void;
  noteForm(form: SentForm): void;
}

/** @param sale.isPaidOnline then nobody confirms, and cancels are a step of their own. */
export function openRecorder(sale: { isPaidOnline: boolean }): Recorder {
  const add = (entry: Entry): void => {
    if (recorder.entries.length < ENTRIES_MAX) recorder.entries.push(entry);
    else recorder.dropped++;
  };
  const recorder: Recorder = {
    entries: [],
    dropped: 0,
    opensAtMs: undefined,
    note(request, reply) {
      const step = stepOf(request, sale);
      if (step === undefined) return;
      const { answeredAtMs, tookMs } = reply;
      add({ step, answeredAtMs, tookMs, ...outcomeOf(step, reply) });
    },
    noteForm({ submitted, answeredAtMs, tookMs }) {
      const isError = submitted === 'away';
      add({ step: 'page', answeredAtMs, tookMs, outcome: submitted, isError });
    },
  };
  return recorder;
}

export function figuresOf(entries: readonly Entry[], step: Step): StepFigures {
  const own = entries.filter((entry) => entry.step === step);
  const sorted = own.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const errors = own.filter(({ isError }) => isError).length;
  const outcomes: Record<string, number> = {};
  for (const { outcome } of own) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    requests: own.length,
    errors,
    errorPercent: own.length === 0 ? 0 : (100 * errors) / own.length,
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    p99Ms: percentile(sorted, 99),
    longestMs: sorted.at(-1) ?? 0,
    outcomes,
  };
}

/** Undefined for what is no part of the scenario: enrolment, the clock, the recount. */
function stepOf(
  { method, path, isPurchase }: Request,
  { isPaidOnline }: { isPaidOnline: boolean },
): Step | undefined {
  if (isPurchase) return 'purchase';
  const verb = /\/purchase\/\w+\/(confirm|cancel|pay|payment)$/.exec(path)?.[1];
  if (verb === 'pay') return 'pay';
  if (verb === 'payment') return 'result';
  if (verb !== undefined) return isPaidOnline ? 'cancel' : 'confirm';
  if (method !== 'GET') return undefined;
  if (path.includes('/reviews/')) return 'reviews';
  return /\/events(\?|\/\w+$|$)/.test(path) ? 'browse' : undefined;
}

function outcomeOf(step: Step, reply: Reply): Pick<Entry, 'outcome' | 'isError'> {
  if (reply.kind === 'fault') return { outcome: reply.fault, isError: true };
  const { status, body } = reply;
  if (status <= OK_MAX) return { outcome: DONE[step], isError: false };
  const { code } = (body ?? {}) as { code?: unknown };
  const word = typeof code === 'string' ? code : 'no code';
  if (status >= SERVER_ERROR_MIN) return { outcome: `${status} ${word}`, isError: true };
  return { outcome: status === TOO_MANY_REQUESTS ? 'told to wait' : word, isError: false };
}
