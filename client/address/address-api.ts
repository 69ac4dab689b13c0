/** The calls about addresses of one's own, typed. Must not keep state or draw. */
import type { Address, ProfileAddress } from '../../worker/contract/address.ts';
import type { OrderAnswer } from '../../worker/contract/orders.ts';
import type { Call, ShopApi } from '../api/api.ts';

export interface AddressApi {
  /** The one that is kept with the account. */
  own(): Call<ProfileAddress>;
  keepOwn(address: Address): Call<ProfileAddress>;
  forgetOwn(): Call<null>;
  /** Where an order goes; with the account it is kept too, where one asks for that. */
  sendTo(orderId: string, fields: { address: Address; saveAddress: boolean }): Call<OrderAnswer>;
}

export function createAddressApi({ asCaller }: Pick<ShopApi, 'asCaller'>): AddressApi {
  return {
    own: () => asCaller((client, as) => client.api.v1.profile.address.$get({}, as)),
    keepOwn: (address) =>
      asCaller((client, as) => client.api.v1.profile.address.$put({ json: { address } }, as)),
    forgetOwn: () => asCaller((client, as) => client.api.v1.profile.address.$delete({}, as)),
    sendTo: (id, json) =>
      asCaller((client, as) =>
        client.api.v1.purchase[':id'].address.$put({ param: { id }, json }, as),
      ),
  };
}
