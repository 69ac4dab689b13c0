/** Shows how far the rehearsal is: a bar on a terminal, lines elsewhere. Must not measure it. */
import type { Output } from '../command/command.ts';

export interface Snapshot {
  stage: string;
  done: number;
  total: number;
  note: string;
}

export interface Progress {
  /** Draws if it is time to; `final` draws at once and ends the line. */
  show(snapshot: Snapshot, final?: boolean): void;
}

const BAR_CHARS = 24;
const STAGE_CHARS = 9;
const COLUMNS_DEFAULT = 80;
const LINE_EVERY_MS = 1_000;
const FRAME_EVERY_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

export function openProgress(screen: Output, now: () => number): Progress {
  const everyMs = screen.isTTY ? FRAME_EVERY_MS : LINE_EVERY_MS;
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shown = '';
  return {
    show(snapshot, final = false) {
      const line = barLine(snapshot);
      if (!final && (now() - shownAtMs < everyMs || line === shown)) return;
      shownAtMs = now();
      if (screen.isTTY) {
        const fitting = line.slice(0, (screen.columns ?? COLUMNS_DEFAULT) - 1);
        screen.write(`${CLEAR_LINE}${fitting}${final ? '\n' : ''}`);
      } else if (line !== shown) {
        screen.write(`${line}\n`);
      }
      shown = line;
    },
  };
}

export function barLine({ stage, done, total, note }: Snapshot): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.floor(share * BAR_CHARS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CHARS - filled);
  return `${stage.padEnd(STAGE_CHARS)} ${bar} ${done}/${total}${note ? `  ${note}` : ''}`;
}
