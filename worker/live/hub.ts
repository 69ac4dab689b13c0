/**
 * One fan-out object's mind: what it knows of its event, when it tells its viewers, and when it
 * reads the event for itself. Knows sockets, storage and database by its ports only.
 */
import {
  discussionText,
  type Known,
  type LiveState,
  learn,
  nextTurnAtMs,
  snapshotText,
  turn,
} from './snapshot.ts';
import { DISCUSSED_EVERY_MS, dueInMs } from './throttle.ts';

/** At most one read of the event in this time, however many come. */
export const READ_EVERY_MS = 1_000;
/** While the sale is open and somebody watches: a silence this long is broken by a read. */
export const CHECK_EVERY_MS = 30_000;
/** After a read that failed. */
export const READ_PAUSE_MS = 5_000;
/**
 * What is known is written down at most once in this time. A message waits until what was written
 * before it is safe, and where sale and viewers share a disk, so does a purchase.
 */
export const SAVE_EVERY_MS = 5_000;

export interface HubPorts {
  nowMs(): number;
  /** How many watch. */
  viewers(): number;
  broadcast(text: string): void;
  /** The event is no longer public. */
  dismiss(): void;
  /** @returns undefined if there is no such event, or it is not public. Throws a Fault. */
  read(nowMs: number): Promise<LiveState | undefined>;
  /** Kept where it outlives this memory. */
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
  /** Never, for what was loaded: more may have been told than was written down. */
  #heardAtMs = 0;
  #readAtMs: number | undefined;
  #isReading = false;
  #readDueAtMs: number | undefined;
  #alarmAtMs: number | undefined;
  #savedAtMs: number | undefined;
  #isSaveDue = false;
  /** Of the newest change that viewers were not told of; lost with this memory, for less than a second. */
  #discussedAtMs: number | undefined;
  #discussion: { sentAtMs: number | undefined; everyMs: number } = {
    sentAtMs: undefined,
    everyMs: DISCUSSED_EVERY_MS,
  };

  constructor(ports: HubPorts) {
    this.#ports = ports;
    this.#known = ports.load();
  }

  /** A new viewer, already counted. @returns what to send them, if anything is known yet. */
  welcome(): string | undefined {
    const nowMs = this.#ports.nowMs();
    this.#turn(nowMs);
    const known = this.#known;
    const ageMsMax = this.#ports.viewers() <= 1 ? READ_EVERY_MS : CHECK_EVERY_MS;
    if (known === undefined || nowMs - this.#heardAtMs > ageMsMax) void this.refresh();
    this.#setAlarm(nowMs);
    return known && snapshotText(known, nowMs);
  }

  /** How the sale stands after a settlement. @returns how many watch. */
  publish(state: LiveState): number {
    // An older state after a newer one: two sale objects, or clocks that differ. The ledger knows.
    if (this.#known && state.takenAtMs < this.#known.state.takenAtMs) void this.refresh();
    else this.#learn(state);
    return this.#ports.viewers();
  }

  /** The discussion changed at this time: told at once, but once a second at most. */
  discuss(changedAtMs: number): void {
    // Whoever comes later asks for the discussion without being told.
    if (this.#ports.viewers() === 0) return;
    const nowMs = this.#ports.nowMs();
    this.#discussedAtMs = Math.max(changedAtMs, this.#discussedAtMs ?? 0);
    this.#tellDiscussion(nowMs);
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

  /** The alarm rang, once or twice, in time or not. */
  async wake(): Promise<void> {
    const nowMs = this.#ports.nowMs();
    this.#alarmAtMs = undefined;
    if (this.#ports.viewers() === 0) return;
    this.#turn(nowMs);
    this.#tellDiscussion(nowMs);
    const isDue = this.#readDueAtMs !== undefined && nowMs >= this.#readDueAtMs;
    if (isDue || this.#known === undefined || this.#isSilent(nowMs)) await this.refresh();
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
    this.#heardAtMs = nowMs;
    this.#tell(learn(this.#known, state, nowMs), nowMs);
    this.#setAlarm(nowMs);
  }

  #turn(nowMs: number): void {
    if (this.#known) this.#tell(turn(this.#known, nowMs), nowMs);
  }

  #tell(known: Known, nowMs: number): void {
    if (known === this.#known) return;
    const isNews = known.seq !== this.#known?.seq;
    this.#known = known;
    this.#saveInTurn(nowMs);
    if (isNews && this.#ports.viewers() > 0) this.#ports.broadcast(snapshotText(known, nowMs));
  }

  /** What is lost with the memory before it was written is read anew, see welcome and isSilent. */
  #saveInTurn(nowMs: number): void {
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

  #tellDiscussion(nowMs: number): void {
    if (this.#discussedAtMs === undefined || dueInMs(this.#discussion, nowMs) > 0) return;
    this.#ports.broadcast(discussionText(this.#discussedAtMs, nowMs));
    this.#discussion.sentAtMs = nowMs;
    this.#discussedAtMs = undefined;
  }

  /** What changed while nobody watched is read when somebody comes. */
  #forget(): void {
    this.#known = undefined;
    this.#save();
  }

  #readBy(atMs: number): void {
    this.#readDueAtMs = Math.min(this.#readDueAtMs ?? atMs, atMs);
    this.#setAlarm(this.#ports.nowMs());
  }

  #isSilent(nowMs: number): boolean {
    return this.#known?.status !== 'closed' && nowMs - this.#heardAtMs >= CHECK_EVERY_MS;
  }

  #setAlarm(nowMs: number): void {
    if (this.#ports.viewers() === 0) return;
    const state = this.#known?.state;
    const isOpen = this.#known?.status === 'live' || this.#known?.status === 'sold_out';
    const reasons = [
      this.#readDueAtMs,
      state && nextTurnAtMs(state, nowMs),
      this.#discussedAtMs === undefined ? undefined : nowMs + dueInMs(this.#discussion, nowMs),
      isOpen ? Math.max(nowMs, this.#heardAtMs) + CHECK_EVERY_MS : undefined,
    ].filter((atMs) => atMs !== undefined);
    if (reasons.length === 0) return;
    const atMs = Math.min(...reasons);
    // One that rings too early finds nothing to do and is set again.
    if (this.#alarmAtMs !== undefined && this.#alarmAtMs > nowMs && this.#alarmAtMs <= atMs) return;
    this.#alarmAtMs = atMs;
    this.#ports.setAlarm(atMs);
  }
}
