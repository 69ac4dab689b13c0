/** How rows of one kind are worked off, as the dispatcher sees it. */
import type { OutboxKind } from '../../contract/outbox.ts';
import type { MailSubject } from '../../stores/postgres/mail-facts.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { TryOutcome } from './outcome.ts';
import type { Retry } from './retry.ts';

/** What leaves by mail shares the mail's quota and rate, and pauses with it. */
export interface MailEntry<Of extends OutboxKind = OutboxKind> {
  channel: 'mail';
  retry: Retry;
  /**
   * One try. May throw, which counts as a failure. Is given up on after WORK_MS_MAX, when its effect may
   * still come: the receiver tells a repeat by the row's key.
   */
  work(row: LeasedRow<Of>, subject: MailSubject): Promise<TryOutcome>;
}

/**
 * `push` is what devices are told. `payment` is what a payment provider is asked to do: it is worked off by
 * an object of its own, so that no money waits for mails.
 */
export interface OwnEntry<Of extends OutboxKind = OutboxKind> {
  channel: 'own' | 'push' | 'payment';
  retry: Retry;
  /** As with a mail. */
  work(row: LeasedRow<Of>): Promise<TryOutcome>;
}

export type Kind<Of extends OutboxKind = OutboxKind> = MailEntry<Of> | OwnEntry<Of>;

/** A kind that is missing here is left waiting: a version of the Worker that knows it may come. */
export type KindTable = { readonly [Of in OutboxKind]?: Kind<Of> };

/** The entry that belongs to a row. */
export function kindOf(kinds: KindTable, row: LeasedRow): Kind | undefined {
  return kinds[row.kind];
}

export function kindsOf(kinds: KindTable, channel: Kind['channel']): OutboxKind[] {
  const entries = Object.entries(kinds) as [OutboxKind, Kind][];
  return entries.filter(([, kind]) => kind.channel === channel).map(([name]) => name);
}
