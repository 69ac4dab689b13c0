/** The keys by which password attempts are counted: hashes, so that the rows name nobody. */
import { createHash } from 'node:crypto';
import type { UserId } from '../contract/ids.ts';

export interface AttemptKeys {
  /** The e-mail address, whether or not it has an account. */
  account: string;
  /** The same from one network. */
  network: string;
  /** A device that has signed in to the account before. */
  device?: string;
  /** Where somebody who is signed in changes their password. */
  change?: string;
}

export interface Attempted {
  /** In lower case. */
  email: string;
  /** See http/client-network.ts. */
  network: string;
  /** See device-cookie.ts. */
  deviceId?: string | undefined;
  /** Whose password is being changed. */
  changedBy?: UserId | undefined;
}

export function attemptKeys({ email, network, deviceId, changedBy }: Attempted): AttemptKeys {
  return {
    account: hashed(email),
    network: hashed(`network ${network} ${email}`),
    ...(deviceId !== undefined && { device: hashed(`device ${deviceId} ${email}`) }),
    ...(changedBy !== undefined && { change: hashed(`change ${changedBy}`) }),
  };
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
