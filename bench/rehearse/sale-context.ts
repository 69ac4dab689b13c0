/** Who takes part in a sale, and in what. Types only. */
import type { Observations } from './observations.ts';
import type { SoldItem } from './on-sale.ts';
import type { PayPart } from './pay-part.ts';
import type { Submit } from './payment-page.ts';
import type { Role } from './roles.ts';
import type { Account, ShopClient } from './shop-client.ts';
import type { Timing } from './timing.ts';

export interface Shopper {
  index: number;
  account: Account;
  role: Role;
}

export interface SaleContext {
  shop: Pick<ShopClient, 'reserve' | 'confirm' | 'cancel'>;
  items: readonly SoldItem[];
  opensAtMs: number;
  observations: Observations;
  timing: Timing;
  /** Ms since the epoch by the server's clock. */
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
  newKey: () => string;
  /** Of a sale that is paid online. */
  pay?: Paying | undefined;
}

export interface Paying {
  shop: Pick<ShopClient, 'pay' | 'lookAtPayment' | 'newestOrders'>;
  /** By the index of the shopper. */
  parts: readonly PayPart[];
  /** Sends the form of the provider's page. */
  submit: Submit;
}

/** One shopper's wish for one unit of an item. */
export interface Wish extends Shopper {
  item: SoldItem;
  onAnswer: () => void;
}
