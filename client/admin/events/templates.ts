/** The usual formats of a drop, as values that a new plan begins with. Pure. */
import { type EventDraft, wallClock } from './event-draft.ts';

export const TEMPLATES = ['first_come', 'draw', 'waves'] as const;
export type Template = (typeof TEMPLATES)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Format extends Pick<EventDraft, 'admission' | 'holdSeconds' | 'offerSeconds'> {
  /** From the next full hour but one on, so that there is time to publish it, or for people to enter. */
  readonly aheadMs: number;
  readonly lastsMs: number;
  /** Where one customer with many addresses would be served more often. */
  readonly isPerMailbox: boolean;
}

const FORMATS: Readonly<Record<Template, Format>> = {
  first_come: {
    admission: 'first_come',
    holdSeconds: '300',
    offerSeconds: '600',
    aheadMs: 0,
    lastsMs: HOUR_MS,
    isPerMailbox: false,
  },
  draw: {
    admission: 'draw',
    holdSeconds: '300',
    offerSeconds: '3600',
    aheadMs: 3 * DAY_MS,
    lastsMs: DAY_MS,
    isPerMailbox: true,
  },
  waves: {
    admission: 'first_come',
    holdSeconds: '600',
    offerSeconds: '14400',
    aheadMs: 0,
    lastsMs: 7 * DAY_MS,
    isPerMailbox: false,
  },
};

/** What a plan is given by a format; all else of it stays as it is. */
export function templateFields(
  template: Template,
  { nowMs, timeZone, sendsMail }: { nowMs: number; timeZone: string; sendsMail: boolean },
): Partial<EventDraft> {
  const { aheadMs, lastsMs, isPerMailbox, ...fields } = FORMATS[template];
  const startMs = (Math.floor(nowMs / HOUR_MS) + 2) * HOUR_MS + aheadMs;
  const isVerified = isPerMailbox && sendsMail;
  return {
    ...fields,
    waitlist: true,
    startsAt: wallClock(startMs, timeZone),
    endsAt: wallClock(startMs + lastsMs, timeZone),
    requireVerifiedEmail: isVerified,
    oneLimitPerMailbox: isVerified,
  };
}
