/** The call for one order of one's own, typed. Must not keep state or draw. */
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import type { Call, ShopApi } from '../api/api.ts';

export interface OrdersApi {
  order(id: string): Call<OwnOrder>;
}

export function createOrdersApi({ asCaller }: Pick<ShopApi, 'asCaller'>): OrdersApi {
  return {
    order: (id) =>
      asCaller((client, as) => client.api.v1.profile.orders[':id'].$get({ param: { id } }, as)),
  };
}
