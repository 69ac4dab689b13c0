/**
 * The object that works off the outbox: a thin shell that gives the dispatcher its alarm. There is one,
 * and a second one by accident does no harm: a row is leased by one of them. Keeps nothing that Postgres
 * does not have. The names of its methods stay: during a deploy Workers of two versions call it.
 */
import { DurableObject } from 'cloudflare:workers';

export class OutboxObject extends DurableObject<Env> {
  /** Rows were written. Answered at once; they are worked off on the alarm. */
  async wake(): Promise<void> {
    const setForMs = await this.ctx.storage.getAlarm();
    const nowMs = Date.now();
    if (setForMs === null || setForMs > nowMs) await this.ctx.storage.setAlarm(nowMs);
  }

  override async alarm(): Promise<void> {}
}
