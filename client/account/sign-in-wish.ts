/**
 * A reminder that somebody signed out asked for, carried through signing in as a draft of this tab: no address
 * of a page can bring one along. Must not send anything.
 */
import type { Drafts } from '../page/drafts.ts';

/** Long enough to make an account; who comes back later is not taken at their word. */
export const WISH_GOOD_MS = 30 * 60_000;
/** The id of the element with the reminder on the page of a sale. */
export const REMINDER_PLACE = 'reminder';

export interface ReminderWish {
  readonly eventId: string;
  /** Of the sale, to name why one is asked to sign in. */
  readonly title: string;
  /** Epoch milliseconds, by the server's clock. */
  readonly madeAtMs: number;
}

const DRAFT = 'reminder wish';

/** Replaces one that was made before. */
export function makeWish(drafts: Pick<Drafts, 'write'>, wish: ReminderWish) {
  drafts.write(DRAFT, JSON.stringify(wish));
}

/** @returns null where none was made in this tab, or too long ago */
export function readWish(drafts: Pick<Drafts, 'read'>, nowMs: number): ReminderWish | null {
  const wish = parse(drafts.read(DRAFT));
  return wish && wish.madeAtMs <= nowMs && nowMs < wish.madeAtMs + WISH_GOOD_MS ? wish : null;
}

/** Once it is granted, refused or withdrawn. */
export function forgetWish(drafts: Pick<Drafts, 'write'>) {
  drafts.write(DRAFT, '');
}

function parse(text: string): ReminderWish | null {
  if (text === '') return null;
  try {
    const { eventId, title, madeAtMs } = JSON.parse(text) as Partial<ReminderWish>;
    const isWhole =
      typeof eventId === 'string' && typeof title === 'string' && typeof madeAtMs === 'number';
    return isWhole ? { eventId, title, madeAtMs } : null;
  } catch {
    return null;
  }
}
