/** The model's accounts: who was deactivated, and whose logins ended, all at once or one alone. */
import type { LoginId, UserId } from '../worker/contract/ids.ts';
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { type AdminChange, loginAfter, type Snapshot } from './ledger.ts';

export class ModelAccounts {
  readonly #inactive = new Set<UserId>();
  readonly #sessionEpochs = new Map<UserId, number>();
  readonly #endedLogins = new Map<UserId, LoginId[]>();

  change(change: AdminChange): void {
    if (!('customerIds' in change)) return;
    for (const id of change.customerIds) {
      const ended = this.#endedLogins.get(id) ?? [];
      if (change.kind === 'deactivate') this.#inactive.add(id);
      // Whoever is shut out is signed out, too.
      if (change.kind !== 'end_login') this.#sessionEpochs.set(id, this.#epochOf(id) + 1);
      if (change.kind === 'end_login') {
        this.#endedLogins.set(id, [...ended, loginAfter(id, ended.length)]);
      }
    }
  }

  mayAct({ customerId, sessionEpoch, loginId }: StampedAttempt): boolean {
    const hasEnded = (this.#endedLogins.get(customerId) ?? []).some((id) => id === loginId);
    const isShutOut = hasEnded || this.#inactive.has(customerId);
    return !isShutOut && sessionEpoch === this.#epochOf(customerId);
  }

  snapshot(): Pick<Snapshot, 'inactive' | 'sessionEpochs' | 'endedLogins'> {
    return {
      inactive: new Set(this.#inactive),
      sessionEpochs: new Map(this.#sessionEpochs),
      endedLogins: new Map(this.#endedLogins),
    };
  }

  #epochOf(customerId: UserId): number {
    return this.#sessionEpochs.get(customerId) ?? 0;
  }
}
