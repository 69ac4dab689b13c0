/**
 * Tells when a discussion is to be asked for anew: after it changed, after a drop, else now and then.
 * Must not ask, nor know a browser.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Live } from '../sale/live.ts';
import { pollWaitMs, updateWaitMs } from './update-waits.ts';

export interface Updates {
  /** Grows with each time. */
  readonly version: ReadonlySignal<number>;
  /**
   * What the live socket shows now. What it shows first is no change.
   * @param isInViewport whether anybody looks; nothing is asked for else
   */
  see(live: Pick<Live, 'isOn' | 'discussedAtMs' | 'drops'>, isInViewport: boolean): void;
  stop(): void;
}

export interface UpdatesPorts {
  /** From 0 to 1. */
  random(): number;
  isVisible(): boolean;
}

export function createUpdates({ random, isVisible }: UpdatesPorts): Updates {
  const version = signal(0);
  let seen: string | null = null;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let polling: ReturnType<typeof setInterval> | null = null;
  let hasChangedAgain = false;

  function grow() {
    version.value = version.peek() + 1;
  }
  function plan() {
    waiting = setTimeout(() => {
      waiting = null;
      grow();
      // A change in the meantime may be younger than what is given now.
      if (hasChangedAgain) plan();
      hasChangedAgain = false;
    }, updateWaitMs(random()));
  }
  function poll(isOn: boolean) {
    if (!isOn) {
      clearInterval(polling ?? undefined);
      polling = null;
    } else {
      polling ??= setInterval(() => isVisible() && grow(), pollWaitMs(random()));
    }
  }

  return {
    version,
    see: ({ isOn, discussedAtMs, drops }, isInViewport) => {
      const change = `${discussedAtMs} ${drops} ${drops > 0 && isOn}`;
      seen ??= change;
      if (isInViewport && change !== seen) {
        seen = change;
        if (waiting === null) plan();
        else hasChangedAgain = true;
      }
      poll(isInViewport && !isOn);
    },
    stop: () => {
      clearTimeout(waiting ?? undefined);
      poll(false);
    },
  };
}
