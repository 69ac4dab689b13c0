/**
 * Carries out what a settlement left to be done for the queue, one step after another, with no request
 * that waits for it. Where it fails, the alarm that was set before begins anew.
 */
import type { QueueStep } from '../rules/queue-steps.ts';

export interface QueueWorkerPorts {
  /**
   * Goes as far with the draw as it can. Throws a Fault.
   * @returns whether a settlement is to follow: it offers what is drawn, or sets the alarm for the next step.
   */
  draw(): Promise<boolean>;
  /** Settles an empty group. Throws a Fault. */
  serve(): Promise<void>;
  report(error: unknown): void;
}

export class QueueWorker {
  readonly #ports: QueueWorkerPorts;
  #next: QueueStep | undefined;
  #isRunning = false;

  constructor(ports: QueueWorkerPorts) {
    this.#ports = ports;
  }

  /** @param step what the last settlement left to be done. */
  goOn(step: QueueStep | undefined): void {
    this.#next = step;
    if (step !== undefined && !this.#isRunning) void this.#run();
  }

  /** Each step ends with a settlement, which names the next one. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#next !== undefined) {
        const step = this.#next;
        this.#next = undefined;
        if (step === 'draw' && !(await this.#ports.draw())) return;
        await this.#ports.serve();
      }
    } catch (error) {
      this.#ports.report(error);
    } finally {
      this.#isRunning = false;
    }
  }
}
