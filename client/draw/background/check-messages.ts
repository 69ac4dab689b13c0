/** What a page and its check say to each other. */
import type { CheckResult } from '../check/check-draw.ts';
import type { OwnAsked } from '../check/own-entry.ts';

export interface CheckAsked {
  readonly eventId: string;
  readonly own: OwnAsked;
}

export type CheckNews =
  | { readonly step: 'reading'; readonly records: number; readonly of: number }
  | { readonly step: 'checked'; readonly result: CheckResult }
  /** The data could not be loaded. */
  | { readonly step: 'failed' };

/** Begins a check. @returns what ends it before its time */
export type StartCheck = (asked: CheckAsked, onNews: (news: CheckNews) => void) => () => void;
