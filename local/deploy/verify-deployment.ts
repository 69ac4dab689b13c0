/**
 * Checks a shop that was just deployed: it is healthy, shows its page, and its stock agrees with its
 * orders.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventList, Integrity } from '../../worker/contract/events.ts';
import { LEGAL_PAGES, type LegalList } from '../../worker/contract/legal.ts';
import { messageOf, UserError } from '../user-error.ts';

const ANSWER_MS_MAX = 10_000;
/** A new version is not everywhere at once. */
const HEALTHY_MS_MAX = 60_000;
const CHECK_EVERY_MS = 2_000;

export interface VerifyOptions {
  healthyMsMax?: number;
  checkEveryMs?: number;
}

/** @returns what was seen, a line each. @throws UserError with what is wrong. */
export async function verifyDeployment(
  origin: string,
  options: VerifyOptions = {},
): Promise<string[]> {
  await untilHealthy(origin, options);
  const page = await ask(`${origin}/`);
  const isPage = page.headers.get('Content-Type')?.includes('text/html') ?? false;
  if (!page.ok || !isPage) throw new UserError(`${origin}/ is no page: ${page.status}`);
  const list = await readJson<EventList>(`${origin}/api/v1/events?limit=1`);
  const [event] = list.events;
  if (event === undefined) return ['it is healthy', 'it shows its page', 'it has no event yet'];
  const { ok } = await readJson<Integrity>(`${origin}/api/v1/events/${event.id}/integrity`);
  if (!ok) throw new UserError(`The stock of ${event.id} and its orders differ.`);
  return ['it is healthy', 'it shows its page', `the stock of ${event.id} is what its orders say`];
}

/** What a shop lacks that it can sell without, a line each. @throws UserError where it cannot be asked. */
export async function lackOf(origin: string): Promise<string[]> {
  const { pages } = await readJson<LegalList>(`${origin}/api/v1/legal`);
  const there = new Set(pages.map(({ page }) => page));
  const missing = LEGAL_PAGES.filter((page) => !there.has(page));
  if (missing.length === 0) return [];
  return [`it has no legal page ${missing.join(', ')}: write them at ${origin}/admin/legal`];
}

async function untilHealthy(origin: string, options: VerifyOptions): Promise<void> {
  const { healthyMsMax = HEALTHY_MS_MAX, checkEveryMs = CHECK_EVERY_MS } = options;
  const giveUpAtMs = Date.now() + healthyMsMax;
  for (;;) {
    const reason = await whyUnhealthy(origin);
    if (reason === undefined) return;
    if (Date.now() >= giveUpAtMs) throw new UserError(`${origin} is not healthy: ${reason}`);
    await pause(checkEveryMs);
  }
}

async function whyUnhealthy(origin: string): Promise<string | undefined> {
  try {
    const health = await ask(`${origin}/api/v1/health`);
    return health.ok ? undefined : `${health.status} ${await health.text()}`;
  } catch (error) {
    return messageOf(error);
  }
}

async function readJson<T>(url: string): Promise<T> {
  const answer = await ask(url);
  if (!answer.ok) throw new UserError(`${url} answered ${answer.status}.`);
  return (await answer.json()) as T;
}

function ask(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
}
