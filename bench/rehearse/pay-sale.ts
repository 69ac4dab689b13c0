/** What a sale that is paid online adds to one that is not: its shoppers' parts, and its evidence. */
import type { EventId } from '../../worker/contract/ids.ts';
import { type AuditDeps, readRows } from './audit.ts';
import { findProvider, openLocalProvider } from './local-provider.ts';
import { type MoneyEvidence, moneyFindings } from './money-findings.ts';
import type { PayOptions } from './pay-options.ts';
import { countMaybeBuyers, dealPayParts } from './pay-part.ts';
import { openPaymentPage } from './payment-page.ts';
import type { RehearsalPorts } from './rehearsal-ports.ts';
import type { Role } from './roles.ts';
import type { Paying, Shopper } from './sale-context.ts';
import type { ShopClient } from './shop-client.ts';

export interface PaySale {
  paying: Paying;
  maybeBuyers: number;
  /** Waits until all payments rest, as long as they may take, and takes the last look. */
  untilRest(
    deps: AuditDeps,
    sale: { eventId: EventId; shoppers: readonly Shopper[] },
  ): Promise<MoneyEvidence>;
  /** Takes the faults of the provider away again. */
  close(): Promise<void>;
}

/** Made a moment before by another clock. */
const CLOCKS_MS_MAX = 60_000;

/** @throws UserError where there is no local provider. */
export async function openPaySale(
  options: PayOptions,
  { ports, shop, roles }: { ports: RehearsalPorts; shop: ShopClient; roles: readonly Role[] },
): Promise<PaySale> {
  const sinceMs = ports.now() - CLOCKS_MS_MAX;
  const found = await findProvider(options);
  const provider = openLocalProvider(found);
  await provider.deliver(options.webhooks);
  const parts = dealPayParts(roles);
  return {
    paying: { shop, parts, submit: openPaymentPage({ ...ports, providerUrl: found.url }) },
    maybeBuyers: countMaybeBuyers(parts),
    async untilRest(deps, { eventId, shoppers }) {
      const untilMs = deps.serverNow() + deps.timing.moneyRestMsMax;
      for (;;) {
        const { rows } = await readRows(deps, shoppers);
        // After the rows, so that nothing is missing of what they tell.
        const evidence = { eventId, rows, lists: await provider.lists(sinceMs) };
        const isAtRest = moneyFindings(evidence).length === 0;
        if (isAtRest || deps.serverNow() >= untilMs) return evidence;
        await deps.sleep(deps.timing.moneyLookMs);
      }
    },
    close: () => provider.deliver([]),
  };
}
