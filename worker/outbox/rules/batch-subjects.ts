/**
 * What the mails of one leased batch are about: read for all that wait in one go, and anew for those that
 * wait too long. One that the common read fails for is read by itself, so that it holds up no other.
 */
import type { MailSubject } from '../../stores/postgres/mail-facts.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';

/** A mail is begun no later than this after what it is about was read. */
export const SUBJECT_MS_MAX = 2_000;

export interface SubjectPorts {
  /** By the ids of their rows; each of them is there. Throws a Fault. */
  read(rows: readonly LeasedRow[]): Promise<ReadonlyMap<number, MailSubject>>;
  nowMs(): number;
}

export class BatchSubjects {
  readonly #ports: SubjectPorts;
  readonly #waiting: Map<number, LeasedRow>;
  readonly #known = new Map<number, { subject: MailSubject; readAtMs: number }>();
  #reading: Promise<void> | undefined;
  #isEachAlone = false;

  /** @param rows mails only. */
  constructor(rows: readonly LeasedRow[], ports: SubjectPorts) {
    this.#ports = ports;
    this.#waiting = new Map(rows.map((row) => [row.id, row]));
  }

  /** Throws a Fault. */
  async of(row: LeasedRow): Promise<MailSubject> {
    const before = this.#fresh(row);
    if (before !== undefined) return before;
    if (!this.#isEachAlone) await (this.#reading ??= this.#readWaiting());
    const common = this.#fresh(row);
    if (common !== undefined) return common;
    await this.#read([row]);
    const own = this.#known.get(row.id);
    if (own === undefined) throw new Error('what a mail is about was not read');
    return own.subject;
  }

  /** It is not read again. */
  begun({ id }: LeasedRow): void {
    this.#waiting.delete(id);
  }

  #fresh({ id }: LeasedRow): MailSubject | undefined {
    const known = this.#known.get(id);
    if (known === undefined || this.#ports.nowMs() - known.readAtMs > SUBJECT_MS_MAX) {
      return undefined;
    }
    return known.subject;
  }

  async #readWaiting(): Promise<void> {
    try {
      await this.#read([...this.#waiting.values()]);
    } catch {
      this.#isEachAlone = true;
    } finally {
      this.#reading = undefined;
    }
  }

  async #read(rows: readonly LeasedRow[]): Promise<void> {
    const subjects = await this.#ports.read(rows);
    const readAtMs = this.#ports.nowMs();
    for (const [id, subject] of subjects) this.#known.set(id, { subject, readAtMs });
  }
}
