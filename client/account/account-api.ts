/** The calls about one's own account, typed. Must not keep state or draw. */
import type { LoginList, OwnMail, Session, User } from '../../worker/contract/accounts.ts';
import type { OwnData } from '../../worker/contract/own-data.ts';
import type { Answer, Call, ShopApi } from '../api/api.ts';
import type { Language } from '../texts/language.ts';

export interface AccountApi {
  rename(fields: { displayName: string }): Call<User>;
  /** In which mails are written. */
  setLanguage(fields: { language: Language }): Call<Done>;
  /** Every other device is signed out by it, and this one given a new session. */
  changePassword(fields: { currentPassword: string; newPassword: string }): Call<Session>;
  /** Where one is signed in. */
  logins(): Call<LoginList>;
  endLogin(id: string): Call<null>;
  /** Has a link sent, if there is such an account; the answer does not say so. */
  forgotten(fields: { email: string }): Call<Done>;
  /** With the token of a link. Every other device is signed out by it. */
  reset(fields: { token: string; newPassword: string }): Call<Session>;
  /** With the token of a link: the address that it was sent to is the account's, and confirmed. */
  verify(fields: { token: string }): Call<Done>;
  /** Has the link sent again that confirms one's address. */
  resendLink(): Call<Done>;
  /** Whether one's address can be written to. */
  mail(): Call<OwnMail>;
  /** Has a link sent to another address, which is the account's once it is opened. */
  changeEmail(fields: { email: string; password: string }): Call<Done>;
  ownData(): Call<OwnData>;
  /** Done, or still to be ended where something of it has to end first. */
  deleteAccount(fields: { password: string }): Call<Done>;
}

/** What an answer says that has a status and no more. */
export interface Done {
  /** Whether it is done already, or only begun. */
  readonly isDone: boolean;
}

const ACCEPTED = 202;

export function createAccountApi({
  asCaller,
  asAnyone,
}: Pick<ShopApi, 'asCaller' | 'asAnyone'>): AccountApi {
  return {
    rename: (json) => asCaller((client, as) => client.api.v1.profile.$put({ json }, as)),
    setLanguage: (json) =>
      asCaller((client, as) => done(client.api.v1.profile.language.$put({ json }, as))),
    changePassword: (json) =>
      asCaller((client, as) => client.api.v1.auth.password.$put({ json }, as)),
    logins: () => asCaller((client, as) => client.api.v1.profile.logins.$get({}, as)),
    endLogin: (id) =>
      asCaller((client, as) => client.api.v1.profile.logins[':id'].$delete({ param: { id } }, as)),
    forgotten: (json) =>
      asAnyone((client) => done(client.api.v1.auth.password.forgotten.$post({ json }))),
    reset: (json) => asAnyone((client) => client.api.v1.auth.password.reset.$post({ json })),
    verify: (json) => asAnyone((client) => done(client.api.v1.auth.email.verify.$post({ json }))),
    resendLink: () => asCaller((client, as) => done(client.api.v1.auth.email.resend.$post({}, as))),
    mail: () => asCaller((client, as) => client.api.v1.profile.mail.$get({}, as)),
    changeEmail: (json) =>
      asCaller((client, as) => done(client.api.v1.auth.email.$put({ json }, as))),
    ownData: () => asCaller((client, as) => client.api.v1.profile.data.$get({}, as)),
    deleteAccount: (json) =>
      asCaller((client, as) => done(client.api.v1.profile.$delete({ json }, as))),
  };
}

/** A success without a body, as a value. A refusal keeps its own. */
export async function done(asking: Promise<Answer<unknown>>): Promise<Answer<Done>> {
  const response = await asking;
  const json = async () => ({ isDone: response.status !== ACCEPTED });
  return (response.ok ? Object.assign(response, { json }) : response) as Answer<Done>;
}
