/**
 * The model's accounts: who was deactivated, whose logins ended, all at once or one alone, and whose
 * address is verified.
 */
import type { LoginId, UserId } from '../worker/contract/ids.ts';
import type { StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { type AdminChange, loginAfter, type Snapshot } from './ledger.ts';

export class ModelAccounts {
  readonly #inactive = new Set<UserId>();
  readonly #deleted = new Set<UserId>();
  readonly #sessionEpochs = new Map<UserId, number>();
  readonly #endedLogins = new Map<UserId, LoginId[]>();
  readonly #unverified: Set<UserId>;

  constructor({ unverified }: { unverified: UserId[] }) {
    this.#unverified = new Set(unverified);
  }

  change(change: AdminChange): void {
    if (!('customerIds' in change)) return;
    if (change.kind === 'verify_email' || change.kind === 'unverify_email') {
      for (const id of change.customerIds) {
        if (change.kind === 'verify_email') this.#unverified.delete(id);
        else this.#unverified.add(id);
      }
      return;
    }
    for (const id of change.customerIds) {
      if (change.kind === 'activate') {
        if (!this.#deleted.has(id)) this.#inactive.delete(id);
        continue;
      }
      if (change.kind === 'delete_account') {
        if (this.#inactive.has(id)) continue;
        this.#deleted.add(id);
      }
      const ended = this.#endedLogins.get(id) ?? [];
      if (change.kind === 'deactivate' || change.kind === 'delete_account') this.#inactive.add(id);
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

  isActive(customerId: UserId): boolean {
    return !this.#inactive.has(customerId);
  }

  isDeleted(customerId: UserId): boolean {
    return this.#deleted.has(customerId);
  }

  isVerified(customerId: UserId): boolean {
    return !this.#unverified.has(customerId);
  }

  snapshot(): Pick<Snapshot, 'inactive' | 'sessionEpochs' | 'endedLogins' | 'unverified'> {
    return {
      unverified: new Set(this.#unverified),
      inactive: new Set(this.#inactive),
      sessionEpochs: new Map(this.#sessionEpochs),
      endedLogins: new Map(this.#endedLogins),
    };
  }

  #epochOf(customerId: UserId): number {
    return this.#sessionEpochs.get(customerId) ?? 0;
  }
}
