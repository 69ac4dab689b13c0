/** The calls about notifications on this device, typed. Must not keep state or draw. */
import type { OwnPush, PushSubscriptionInput } from '../../worker/contract/push.ts';
import { type Done, done } from '../account/account-api.ts';
import type { Call, ShopApi } from '../api/api.ts';
import type { Language } from '../texts/language.ts';

export interface PushApi {
  read(): Call<OwnPush>;
  turnOn(fields: { subscription: PushSubscriptionInput; language: Language }): Call<Done>;
  turnOff(): Call<Done>;
}

export function createPushApi({ asCaller }: Pick<ShopApi, 'asCaller'>): PushApi {
  return {
    read: () => asCaller((client, as) => client.api.v1.profile.push.$get({}, as)),
    turnOn: (json) => asCaller((client, as) => done(client.api.v1.profile.push.$put({ json }, as))),
    turnOff: () => asCaller((client, as) => done(client.api.v1.profile.push.$delete({}, as))),
  };
}
