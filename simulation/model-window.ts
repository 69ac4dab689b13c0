/** When the model's sale is open: its plan, and what admins switch by hand. */

export class ModelWindow {
  readonly #plan: { startsAtMs: number; endsAtMs: number };
  #openedAtMs: number | null = null;
  #closedAtMs: number | null = null;

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

  open(nowMs: number): void {
    const isOpen = this.#closedAtMs === null && this.opensAtMs <= nowMs;
    if (nowMs >= this.#plan.endsAtMs || isOpen) return;
    // Closed before it had ever opened: it opens now, whatever its plan said.
    const everOpened = this.#closedAtMs === null || this.#closedAtMs >= this.opensAtMs;
    this.#openedAtMs = everOpened ? Math.min(this.opensAtMs, nowMs) : nowMs;
    this.#closedAtMs = null;
  }

  close(nowMs: number): void {
    const atMs = Math.min(this.#plan.endsAtMs, nowMs);
    this.#closedAtMs ??= Math.max(atMs, this.#openedAtMs ?? 0);
  }
}
