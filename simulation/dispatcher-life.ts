/** One life of the outbox's object, and the place in which one follows the other. */
import type { MailSubject } from '../worker/stores/postgres/mail-facts.ts';
import type { OutboxCode } from './dispatcher-code.ts';

/** What every mail is about: its receiver does not look. */
export const NOBODY: MailSubject = {
  account: undefined,
  emailSuppressed: false,
  shopName: null,
  order: undefined,
  payment: undefined,
  reminder: undefined,
};

/** One life of the object: after its end its memory is gone and its promises never settle. */
export interface Life {
  number: number;
  isAlive: boolean;
  dispatcher: InstanceType<OutboxCode['Dispatcher']>;
}

/** An object with its alarm, which outlives it. */
export interface Place {
  life: Life | undefined;
  setForMs: number | null;
  version: number;
}

/** Never settles once the life is over. */
export function whileAlive<T>(life: Life, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(
      (value) => life.isAlive && resolve(value),
      (error: unknown) => life.isAlive && reject(error),
    );
  });
}
