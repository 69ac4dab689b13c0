/** What a rehearsal is played with: time, progress, and what shoppers do besides buying. Types only. */
import type { EventId } from '../../worker/contract/ids.ts';
import type { Reply, Request } from './http.ts';
import type { SentForm } from './payment-page.ts';
import type { Progress } from './progress.ts';
import type { Random } from './seeded-random.ts';
import type { Call } from './send-with-retries.ts';
import type { Timing } from './timing.ts';

export interface RehearsalPorts {
  timing: Timing;
  /** Ms since the epoch, never going back. */
  now: () => number;
  /** Throws once `stopped`. */
  sleep: (ms: number) => Promise<void>;
  stopped: AbortSignal;
  progress: Progress;
  /** Called with every reply, also those of enrolment and recount. */
  onReply?: (request: Request, reply: Reply) => void;
  /** Called with every form that was sent to a page to pay on. */
  onForm?: (form: SentForm) => void;
  /** What shoppers do besides buying. */
  visitor?: Visitor;
}

/** What a shopper has for requests besides buying. */
export interface Visit {
  call: Call;
  eventId: EventId;
  random: Random;
  /** By the server's clock, as is `serverNow`. */
  opensAtMs: number;
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
}

export interface Visitor {
  /** Must be over when the sale opens. */
  before(visit: Visit): Promise<void>;
  after(visit: Visit): Promise<void>;
}
