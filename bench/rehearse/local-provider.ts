/** The local payment provider beside its hosted page: what it has of a sale, and how it delivers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ProviderFaultsInput } from '../../local/stripe/provider-faults.ts';
import { UserError } from '../../local/user-error.ts';
import type { PayOptions, WebhookMode } from './pay-options.ts';

const metadata = z.object({ orderId: z.string().optional() });
const session = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  metadata,
});
const intent = z.object({
  id: z.string(),
  status: z.string(),
  amount_received: z.int(),
  metadata,
});
const refund = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  payment_intent: z.string(),
});

export interface ProviderLists {
  sessions: z.infer<typeof session>[];
  intents: z.infer<typeof intent>[];
  refunds: z.infer<typeof refund>[];
}

interface LocalProvider {
  /** Everything that was made since then, by the provider's clock. */
  lists(sinceMs: number): Promise<ProviderLists>;
  /** Faults of the delivery from now on; none where no mode is named. */
  deliver(modes: readonly WebhookMode[]): Promise<void>;
}

const PAGES_MAX = 1_000;
const ANSWER_MS_MAX = 15_000;
const LOSE_EVERY = 10;

const FAULTS: Readonly<Record<WebhookMode, ProviderFaultsInput['webhooks']>> = {
  twice: { isTwice: true },
  shuffled: { isShuffled: true },
  lossy: { loseEvery: LOSE_EVERY },
};

export function openLocalProvider({ url, key }: { url: string; key: string }): LocalProvider {
  const headers = { authorization: `Bearer ${key}` };
  async function all<T extends { id: string }>(
    path: string,
    row: z.ZodType<T>,
    sinceMs: number,
  ): Promise<T[]> {
    const page = z.object({ data: z.array(row), has_more: z.boolean() });
    const rows: T[] = [];
    const since = `limit=100&created[gte]=${Math.floor(sinceMs / 1_000)}`;
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const last = rows.at(-1);
      const after = last === undefined ? '' : `&starting_after=${last.id}`;
      const answer = await ask(`${url}${path}?${since}${after}`, { headers });
      const { data, has_more: hasMore } = page.parse(await answer.json());
      rows.push(...data);
      if (!hasMore) return rows;
    }
    throw new UserError(`the provider has more than ${PAGES_MAX} pages of ${path}`);
  }
  return {
    async lists(sinceMs) {
      const [sessions, intents, refunds] = await Promise.all([
        all('/v1/checkout/sessions', session, sinceMs),
        all('/v1/payment_intents', intent, sinceMs),
        all('/v1/refunds', refund, sinceMs),
      ]);
      return { sessions, intents, refunds };
    },
    async deliver(modes) {
      const webhooks = Object.assign({}, ...modes.map((mode) => FAULTS[mode]));
      const body = JSON.stringify({ webhooks });
      await ask(`${url}/control/faults`, { method: 'PUT', headers, body });
    },
  };
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(
    (error: Error) => {
      throw new UserError(`the payment provider at ${url} does not answer (${error.message})`);
    },
  );
  if (answer.ok) return answer;
  throw new UserError(`the payment provider answered ${answer.status} at ${new URL(url).pathname}`);
}

/** @throws UserError where nothing says which provider the shop uses. */
export async function findProvider(given: PayOptions): Promise<{ url: string; key: string }> {
  const written = await readFile(join(given.dataFolder, 'worker.env'), 'utf8').catch(() => '');
  const url = given.providerUrl ?? valueIn(written, 'STRIPE_API_URL');
  const key = given.providerKey ?? valueIn(written, 'STRIPE_SECRET_KEY');
  if (url && key) return { url: url.replace(/\/$/, ''), key };
  throw new UserError(
    '--pay needs the local provider of the shop: start the shop with `npm run dev`, and name its ' +
      'folder in SWIFTDROP_DATA, or set STRIPE_API_URL and STRIPE_SECRET_KEY',
  );
}

/** Of a file of variables as `npm run dev` writes it. */
function valueIn(text: string, name: string): string | undefined {
  return new RegExp(`^${name}="(.*)"$`, 'm').exec(text)?.[1];
}
