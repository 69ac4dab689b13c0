/** Which rows of the outbox an address asks for, and the address that asks for them. Must not navigate. */
import type { OutboxKind } from '../../../worker/contract/outbox.ts';
import type { OutboxFilter } from '../api/outbox-calls.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export const OUTBOX_STATES = ['given_up', 'waiting', 'done', 'dropped'] as const;

/** @returns undefined where the address asks for nothing that is known. */
export function outboxFilterOf(
  query: Readonly<Record<string, string | undefined>>,
): OutboxFilter | undefined {
  const kinds = Object.keys(ADMIN_TEXTS.outbox.kinds) as OutboxKind[];
  const outcome = OUTBOX_STATES.find((state) => state === query['outcome']);
  const kind = kinds.find((one) => one === query['kind']);
  return outcome || kind ? { outcome, kind } : undefined;
}

export function outboxPath(filter: OutboxFilter): string {
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
  return `/admin/outbox?${new URLSearchParams(asked as [string, string][])}`;
}
