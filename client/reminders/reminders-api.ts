/** The calls about reminders of sales, typed. Must not keep state or draw. */
import type { ReminderList } from '../../worker/contract/reminders.ts';
import { type Done, done } from '../account/account-api.ts';
import type { Call, ShopApi } from '../api/api.ts';

export interface RemindersApi {
  /** The sales of which one is reminded. */
  list(): Call<ReminderList>;
  set(eventId: string, isOn: boolean): Call<Done>;
  /** With the token of a mail, by anybody who has it. */
  turnOff(token: string): Call<Done>;
}

export function createRemindersApi({
  asCaller,
  asAnyone,
}: Pick<ShopApi, 'asCaller' | 'asAnyone'>): RemindersApi {
  return {
    list: () => asCaller((client, as) => client.api.v1.profile.reminders.$get({}, as)),
    set: (id, isOn) =>
      asCaller((client, as) => {
        const { reminder } = client.api.v1.events[':id'];
        const target = { param: { id } };
        return done(isOn ? reminder.$put(target, as) : reminder.$delete(target, as));
      }),
    turnOff: (token) =>
      asAnyone((client) => done(client.api.v1.reminders.off.$post({ query: {}, json: { token } }))),
  };
}
