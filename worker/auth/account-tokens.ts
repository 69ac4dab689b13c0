/**
 * Links for one use that are sent by mail: `<id>.<secret>`. Both are derived when the mail is worked off,
 * so that a mail that is sent again has the same link and no link is kept where it could be read: only the
 * secret's hash is stored, see stores/postgres/account-tokens.ts. Pure.
 */
import { createHash, createHmac } from 'node:crypto';

const ID_CHARS = 22;
const FORM = /^([\w-]{22})\.([\w-]{43})$/;

export type AccountTokenPurpose = 'verify_email' | 'change_email' | 'reset_password';

/**
 * How long a link is good, from the first try to send it. OWASP, "Forgot Password Cheat Sheet": a link
 * that gives a new password ends soon.
 */
export const ACCOUNT_TOKEN_MS: Readonly<Record<AccountTokenPurpose, number>> = {
  verify_email: 24 * 60 * 60_000,
  change_email: 24 * 60 * 60_000,
  reset_password: 30 * 60_000,
};

export interface AccountToken {
  /** Worth nothing without its secret. */
  id: string;
  secret: string;
}

/**
 * @param secret the Worker's JWT_SECRET; another one makes another secret for the same row.
 * @param rowKey of the outbox row that sends the link.
 */
export function accountTokenOf(
  secret: string,
  purpose: AccountTokenPurpose,
  rowKey: string,
): AccountToken {
  const id = createHash('sha256').update(`token ${rowKey}`).digest('base64url').slice(0, ID_CHARS);
  const text = `account token ${purpose} ${id}`;
  return { id, secret: createHmac('sha256', secret).update(text).digest('base64url') };
}

export function accountTokenText({ id, secret }: AccountToken): string {
  return `${id}.${secret}`;
}

/** @returns undefined for what cannot be a link's token. */
export function readAccountToken(text: string): AccountToken | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Names an address or a mailbox for counting what is sent to it, and does not show it. */
export type RecipientKeyOf = (email: string) => string;

/** Where somebody asks from for a mail: a network, or a device that has signed in with the address before. */
export type MailAsker = { network: string } | { deviceId: string };

/** Names whoever asks for mails to a mailbox, for counting them; another name for each mailbox. */
export type AskerKeyOf = (asker: MailAsker, mailbox: string) => string;

/** @param secret another one counts anew. */
export function createRecipientKeys(secret: string): RecipientKeyOf {
  return (email) => keyed(secret, `recipient ${email.toLowerCase()}`);
}

/** @param secret another one counts anew. */
export function createAskerKeys(secret: string): AskerKeyOf {
  return (asker, mailbox) => {
    const name = 'network' in asker ? `network ${asker.network}` : `device ${asker.deviceId}`;
    return keyed(secret, `asker ${name} ${mailbox}`);
  };
}

function keyed(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
