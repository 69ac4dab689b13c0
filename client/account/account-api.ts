/** The calls about one's own account, typed. Must not keep state or draw. */
import type { LoginList, Session, User } from '../../worker/contract/accounts.ts';
import type { Call, ShopApi } from '../api/api.ts';

export interface AccountApi {
  rename(fields: { displayName: string }): Call<User>;
  /** Every other device is signed out by it, and this one given a new session. */
  changePassword(fields: { currentPassword: string; newPassword: string }): Call<Session>;
  /** Where one is signed in. */
  logins(): Call<LoginList>;
  endLogin(id: string): Call<null>;
}

export function createAccountApi({ asCaller }: Pick<ShopApi, 'asCaller'>): AccountApi {
  return {
    rename: (json) => asCaller((client, as) => client.api.v1.profile.$put({ json }, as)),
    changePassword: (json) =>
      asCaller((client, as) => client.api.v1.auth.password.$put({ json }, as)),
    logins: () => asCaller((client, as) => client.api.v1.profile.logins.$get({}, as)),
    endLogin: (id) =>
      asCaller((client, as) => client.api.v1.profile.logins[':id'].$delete({ param: { id } }, as)),
  };
}
