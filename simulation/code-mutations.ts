/** Mistakes in the object's own code that the checks must notice. */
import type { Mutation } from './mutation.ts';
import { PAYING_CODE_MUTATIONS } from './paying-code-mutations.ts';
import { QUEUE_CODE_MUTATIONS } from './queue-code-mutations.ts';

export interface CodeMutation extends Mutation {
  /** In worker/sale. */
  file: string;
}

export const CODE_MUTATIONS: CodeMutation[] = [
  {
    name: 'says yes before the commit',
    file: 'object/sale.ts',
    changes: [
      {
        find: 'const answer = await this.#groups.add(stamped, nowMs);',
        replace: `const pending = this.#groups.add(stamped, nowMs);
    const answer = stamped.kind !== 'reserve' ? await pending : {
      ok: true, kind: 'order', replayed: false, nowMs, order: {
        id: stamped.orderId, eventId: this.#ports.eventId, eventItemId: stamped.eventItemId,
        status: 'pending', quantity: stamped.quantity, unitPriceCents: 0, currency: 'EUR',
        reservedAtMs: nowMs, expiresAtMs: nowMs } };`,
      },
    ],
  },
  {
    name: 'drops a group whose answer was lost',
    file: 'object/group-commit.ts',
    changes: [{ find: 'if (!isRetryable(error)) return this.#bisect(group);', replace: 'return;' }],
  },
  {
    name: 'sends a group again with new order ids',
    file: 'object/sale.ts',
    changes: [
      {
        find: 'const attempts = group.map(({ item }) => item);',
        replace: 'const attempts = group.map(({ item }) => this.#stamper.stamp(item, item.atMs));',
      },
    ],
  },
  {
    name: 'tells everybody in a group about the culprit',
    file: 'object/bisect.ts',
    changes: [
      {
        find: 'if (group.length === 1) return reject(culprit);',
        replace: 'return group.forEach(reject);',
      },
    ],
  },
  {
    name: 'never gives up on anybody',
    file: 'object/pending-items.ts',
    changes: [
      {
        find: 'const stillWaits = now - arrivedAtMs < waitMsMax;',
        replace: 'const stillWaits = true;',
      },
      {
        find: 'this.giveUpOnOld(this.#items.splice(0, old));',
        replace: 'void old;',
      },
    ],
  },
  {
    name: 'sends what has waited its time behind a slow group',
    file: 'object/pending-items.ts',
    changes: [
      {
        find: 'this.giveUpOnOld(this.#items.splice(0, old));',
        replace: 'void old;',
      },
    ],
  },
  {
    name: 'counts twice whoever was given up',
    file: 'object/sale.ts',
    changes: [
      {
        find: 'return { ok: false, refusal, nowMs: this.#ports.nowMs() };',
        replace: `const nowMs = this.#ports.nowMs();
    this.#count(refusal.code, 1, nowMs);
    return { ok: false, refusal, nowMs };`,
      },
    ],
  },
  {
    name: 'believes in an alarm that never came',
    file: 'rules/wake-times.ts',
    changes: [{ find: 'setForMs > nowMs && ', replace: '' }],
  },
  {
    name: 'gives up at the first fault',
    file: 'object/pending-items.ts',
    changes: [
      {
        find: 'const stillWaits = now - arrivedAtMs < waitMsMax;',
        replace: 'const stillWaits = false;',
      },
    ],
  },
  {
    name: 'believes an old view',
    file: 'rules/early-refusals.ts',
    changes: [
      { find: 'if (at.nowMs - takenAtMs > VIEW_AGE_MS_MAX) return undefined;', replace: '' },
    ],
  },
  {
    name: 'says sold out although a hold has ended',
    file: 'rules/early-refusals.ts',
    changes: [
      {
        find: 'return remaining === 0 && (releaseAtMs === null || nowMs < releaseAtMs);',
        replace: 'return remaining === 0 || nowMs < (releaseAtMs ?? 0);',
      },
    ],
  },
  {
    name: 'says sold out to somebody who has an order',
    file: 'rules/early-refusals.ts',
    changes: [
      {
        find: 'if (!(closed || gone || isUndrawn) || at.mayHaveOrder()) return',
        replace: 'if (!(closed || gone || isUndrawn)) return',
      },
    ],
  },
  {
    name: 'finds nothing off the lists, not even for somebody who has an order',
    file: 'rules/early-refusals.ts',
    changes: [
      {
        find: "return at.mayHaveOrder() ? undefined : { code: 'not_found' };",
        replace: "return { code: 'not_found' };",
      },
    ],
  },
  {
    name: 'does not learn of orders that nobody asked for',
    file: 'object/admission.ts',
    changes: [
      {
        find: 'for (const { customerId } of settlement.unaskedOrders) addHolder(this.#holders, customerId);',
        replace: '',
      },
    ],
  },
  {
    name: 'forgets the alarm before a group',
    file: 'object/sale.ts',
    changes: [
      {
        find: "if (mayOffer || attempts.some(({ kind }) => kind === 'reserve')) {",
        replace: 'if (!attempts) {',
      },
    ],
  },
  {
    name: 'sets no alarm after a group',
    file: 'rules/wake-times.ts',
    changes: [
      { find: 'if (nextReleaseAtMs !== null) times.push', replace: 'if (!times) times.push' },
    ],
  },
  {
    name: 'does not wake again where an expiry failed',
    file: 'rules/wake-times.ts',
    changes: [{ find: 'if (expiryFailed) times', replace: 'if (!times) times' }],
  },
  ...QUEUE_CODE_MUTATIONS,
  ...PAYING_CODE_MUTATIONS,
];
