/** When the model's sale is open: its plan, and what admins switch by hand. */

export class ModelWindow {
  readonly #plan: { startsAtMs: number; endsAtMs: number };
  #openedAtMs: number | null = null;
  #closedAtMs: number | null = null;
  #isPublished = true;
  #isCancelled = false;

  constructor(plan: { startsAtMs: number; endsAtMs: number }) {
    this.#plan = plan;
  }

  /** Nobody has switched anything by hand. */
  get isAsPlanned(): boolean {
    return this.#openedAtMs === null && this.#closedAtMs === null;
  }

  get opensAtMs(): number {
    return this.#openedAtMs ?? this.#plan.startsAtMs;
  }

  /** 0 once it was closed by hand. */
  get closesAtMs(): number {
    return this.#closedAtMs === null ? this.#plan.endsAtMs : 0;
  }

  get isPublished(): boolean {
    return this.#isPublished;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  open(nowMs: number): void {
    if (this.#isCancelled) return;
    const isOpen = this.#isPublished && this.#closedAtMs === null && this.opensAtMs <= nowMs;
    if (nowMs >= this.#plan.endsAtMs || isOpen) return;
    // Off the lists, or closed before it had ever opened: it opens now, whatever its plan said.
    const everOpened = this.#closedAtMs === null || this.#closedAtMs >= this.opensAtMs;
    this.#openedAtMs = this.#isPublished && everOpened ? Math.min(this.opensAtMs, nowMs) : nowMs;
    this.#closedAtMs = null;
    this.#isPublished = true;
  }

  /** Closes it too. */
  unpublish(nowMs: number): void {
    this.close(nowMs);
    this.#isPublished = false;
  }

  /** For good. */
  cancel(nowMs: number): void {
    this.close(nowMs);
    this.#isCancelled = true;
  }

  close(nowMs: number): void {
    const atMs = Math.min(this.#plan.endsAtMs, nowMs);
    this.#closedAtMs ??= Math.max(atMs, this.#openedAtMs ?? 0);
  }
}
