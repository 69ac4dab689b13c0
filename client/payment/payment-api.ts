/** The calls about paying for an order, typed. Must not keep state or draw. */
import type { Address } from '../../worker/contract/address.ts';
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { PaymentAnswer } from '../../worker/contract/payments.ts';
import type { Call, ShopApi } from '../api/api.ts';

export interface PaymentApi {
  /** Where to pay for the order: the same place while one can pay there, however often it is asked for. */
  pay(orderId: string, address?: Address): Call<PaymentAnswer>;
  /** Has the shop ask its provider what became of the payment. */
  look(orderId: string): Call<OrderAnswer>;
}

export function createPaymentApi({ asCaller }: Pick<ShopApi, 'asCaller'>): PaymentApi {
  return {
    pay: (id, address) =>
      asCaller((client, as) =>
        client.api.v1.purchase[':id'].pay.$post({ param: { id }, json: { address } }, as),
      ),
    look: (id) =>
      asCaller((client, as) =>
        client.api.v1.purchase[':id'].payment.$post({ param: { id }, json: {} }, as),
      ),
  };
}
