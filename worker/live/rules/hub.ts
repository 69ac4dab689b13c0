/**
 * The decisions of one fan-out object: what it knows of its event, when it sends that to its viewers,
 * and when it reads the event from the database. Reaches sockets, storage and database by ports only.
 */
import {
  advance,
  discussionText,
  type Known,
  type LiveState,
  learn,
  nextStatusChangeAtMs,
  snapshotText,
} from './snapshot.ts';
import { DISCUSSION_EVERY_MS, dueInMs } from './throttle.ts';

/** At most one read of the event in this time, however many come. */
export const READ_EVERY_MS = 1_000;
/** While the sale is open and has viewers: after this long without a new state, the event is read. */
export const CHECK_EVERY_MS = 30_000;
/** After a read that failed. */
export const READ_PAUSE_MS = 5_000;
/**
 * The state is stored at most once in this time. A message waits until earlier writes are durable, and
 * where the sale's object and this one share a disk, so does a purchase.
 */
export const SAVE_EVERY_MS = 5_000;

export interface HubPorts {
  nowMs(): number;
  /** How many there are. */
  viewers(): number;
  broadcast(text: string): void;
  /** Closes all sockets: the event is no longer public. */
  dismiss(): void;
  /** @returns undefined if there is no such event, or it is not public. Throws a Fault. */
  read(nowMs: number): Promise<LiveState | undefined>;
  /** From and to storage, which outlives this memory. */
  load(): Known | undefined;
  save(known: Known | undefined): void;
  /** Calls back once, unless the memory is lost before. */
  after(ms: number, then: () => void): void;
  /** The object's one alarm, in milliseconds since the epoch. */
  setAlarm(atMs: number): void;
  report(error: unknown): void;
}

export class Hub {
  readonly #ports: HubPorts;
  #known: Known | undefined;
  /** When a state came last; 0 for one from storage, since a newer one may have been sent. */
  #receivedAtMs = 0;
  #readAtMs: number | undefined;
  #isReading = false;
  #readDueAtMs: number | undefined;
  #alarmAtMs: number | undefined;
  #savedAtMs: number | undefined;
  #isSaveDue = false;
  /** The newest change that was not sent yet, for less than a second; lost with this memory. */
  #discussionChangedAtMs: number | undefined;
  #discussionNotes: { sentAtMs: number | undefined; everyMs: number } = {
    sentAtMs: undefined,
    everyMs: DISCUSSION_EVERY_MS,
  };

  constructor(ports: HubPorts) {
    this.#ports = ports;
    this.#known = ports.load();
  }

  /** A new viewer, already counted. @returns what to send them, if anything is known yet. */
  welcome(): string | undefined {
    const nowMs = this.#ports.nowMs();
    this.#advance(nowMs);
    const known = this.#known;
    const ageMsMax = this.#ports.viewers() <= 1 ? READ_EVERY_MS : CHECK_EVERY_MS;
    if (known === undefined || nowMs - this.#receivedAtMs > ageMsMax) void this.refresh();
    this.#setAlarm(nowMs);
    return known && snapshotText(known, nowMs);
  }

  /** The state of the sale after a settlement. @returns the number of viewers. */
  publish(state: LiveState): number {
    // An older state after a newer one: two sale objects, or clocks that differ. The database decides.
    if (this.#known && state.takenAtMs < this.#known.state.takenAtMs) void this.refresh();
    else this.#learn(state);
    return this.#ports.viewers();
  }

  /** The discussion changed at this time: sent at once, but once a second at most. */
  discussionChanged(changedAtMs: number): void {
    // A later viewer requests the discussion anyway.
    if (this.#ports.viewers() === 0) return;
    const nowMs = this.#ports.nowMs();
    this.#discussionChangedAtMs = Math.max(changedAtMs, this.#discussionChangedAtMs ?? 0);
    this.#sendDiscussion(nowMs);
    this.#setAlarm(nowMs);
  }

  /** Something but a settlement changed the event: reads it, soon if it was read just now. */
  async refresh(): Promise<void> {
    const nowMs = this.#ports.nowMs();
    if (this.#ports.viewers() === 0) return this.#forget();
    if (this.#isReading) return this.#readBy(nowMs + READ_EVERY_MS);
    const sinceMs = nowMs - (this.#readAtMs ?? 0);
    if (sinceMs >= 0 && sinceMs < READ_EVERY_MS)
      return this.#readBy(nowMs - sinceMs + READ_EVERY_MS);
    this.#readAtMs = nowMs;
    this.#readDueAtMs = undefined;
    this.#isReading = true;
    try {
      this.#take(await this.#ports.read(nowMs));
    } catch (error) {
      this.#ports.report(error);
      this.#readBy(this.#ports.nowMs() + READ_PAUSE_MS);
    } finally {
      this.#isReading = false;
    }
  }

  /** May come twice, early or late: it does what is due, and sets the alarm again. */
  async onAlarm(): Promise<void> {
    const nowMs = this.#ports.nowMs();
    this.#alarmAtMs = undefined;
    if (this.#ports.viewers() === 0) return;
    this.#advance(nowMs);
    this.#sendDiscussion(nowMs);
    const isDue = this.#readDueAtMs !== undefined && nowMs >= this.#readDueAtMs;
    if (isDue || this.#known === undefined || this.#isStale(nowMs)) await this.refresh();
    this.#setAlarm(this.#ports.nowMs());
  }

  #take(state: LiveState | undefined): void {
    if (state === undefined) {
      this.#forget();
      this.#ports.dismiss();
    } else if (!this.#known || state.takenAtMs >= this.#known.state.takenAtMs) {
      this.#learn(state);
    }
  }

  #learn(state: LiveState): void {
    const nowMs = this.#ports.nowMs();
    this.#receivedAtMs = nowMs;
    this.#update(learn(this.#known, state, nowMs), nowMs);
    this.#setAlarm(nowMs);
  }

  #advance(nowMs: number): void {
    if (this.#known) this.#update(advance(this.#known, nowMs), nowMs);
  }

  #update(known: Known, nowMs: number): void {
    if (known === this.#known) return;
    const isNew = known.seq !== this.#known?.seq;
    this.#known = known;
    this.#saveSoon(nowMs);
    if (isNew && this.#ports.viewers() > 0) this.#ports.broadcast(snapshotText(known, nowMs));
  }

  /** What is lost with the memory before it was stored is read anew, see welcome and isStale. */
  #saveSoon(nowMs: number): void {
    if (this.#isSaveDue) return;
    const sinceMs = this.#savedAtMs === undefined ? SAVE_EVERY_MS : nowMs - this.#savedAtMs;
    if (sinceMs < 0 || sinceMs >= SAVE_EVERY_MS) return this.#save();
    this.#isSaveDue = true;
    this.#ports.after(SAVE_EVERY_MS - sinceMs, () => {
      this.#isSaveDue = false;
      this.#save();
    });
  }

  #save(): void {
    this.#savedAtMs = this.#ports.nowMs();
    this.#ports.save(this.#known);
  }

  #sendDiscussion(nowMs: number): void {
    if (this.#discussionChangedAtMs === undefined || dueInMs(this.#discussionNotes, nowMs) > 0)
      return;
    this.#ports.broadcast(discussionText(this.#discussionChangedAtMs, nowMs));
    this.#discussionNotes.sentAtMs = nowMs;
    this.#discussionChangedAtMs = undefined;
  }

  /** Without viewers no change arrives here, so that the next viewer needs a read. */
  #forget(): void {
    this.#known = undefined;
    this.#save();
  }

  #readBy(atMs: number): void {
    this.#readDueAtMs = Math.min(this.#readDueAtMs ?? atMs, atMs);
    this.#setAlarm(this.#ports.nowMs());
  }

  #isStale(nowMs: number): boolean {
    return this.#known?.status !== 'closed' && nowMs - this.#receivedAtMs >= CHECK_EVERY_MS;
  }

  #setAlarm(nowMs: number): void {
    if (this.#ports.viewers() === 0) return;
    const state = this.#known?.state;
    const isOpen = this.#known?.status === 'live' || this.#known?.status === 'sold_out';
    const reasons = [
      this.#readDueAtMs,
      state && nextStatusChangeAtMs(state, nowMs),
      this.#discussionChangedAtMs === undefined
        ? undefined
        : nowMs + dueInMs(this.#discussionNotes, nowMs),
      isOpen ? Math.max(nowMs, this.#receivedAtMs) + CHECK_EVERY_MS : undefined,
    ].filter((atMs) => atMs !== undefined);
    if (reasons.length === 0) return;
    const atMs = Math.min(...reasons);
    // An alarm that is too early finds nothing to do and is set again.
    if (this.#alarmAtMs !== undefined && this.#alarmAtMs > nowMs && this.#alarmAtMs <= atMs) return;
    this.#alarmAtMs = atMs;
    this.#ports.setAlarm(atMs);
  }
}
