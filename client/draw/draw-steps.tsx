/** What happens in a draw, in five sentences: with times and numbers, as far as it has come. */
import type { Draw } from '../../worker/contract/draw.ts';
import type { DrawnEvent } from '../../worker/contract/pages.ts';
import { stagesDone } from './draw-stage.ts';
import { DRAW_TEXTS, type DrawTexts } from './texts/texts.ts';

export interface DrawStepsProps {
  readonly draw: Draw;
  readonly event: DrawnEvent | null;
  /** An instant as it is read here. */
  timeOf(instant: string | number): string;
}

export function DrawSteps(props: DrawStepsProps) {
  const { stepsTitle, step } = DRAW_TEXTS;
  const { draw } = props;
  const done = stagesDone(draw);
  const sentences: readonly (readonly [text: string | null, isDone: boolean])[] = [
    [startOf(draw, step), done.has('entered')],
    [chainOf(draw, step), done.has('locked')],
    [lockOf(props, step), done.has('locked')],
    [beaconOf(props, step), done.has('beacon')],
    [resultOf(props, step), done.has('drawn') || draw.givenUp !== null],
  ];
  return (
    <section aria-labelledby="draw-steps">
      <h2 id="draw-steps">{stepsTitle}</h2>
      <ol class="draw-steps">
        {sentences.map(
          ([text, isDone], index) =>
            text && (
              // Each sentence has its place for good.
              <li key={index} class={isDone ? 'draw-step-done' : 'draw-step-ahead'}>
                {text}
              </li>
            ),
        )}
      </ol>
    </section>
  );
}

type StepTexts = DrawTexts['step'];

function startOf({ start, beacon }: Draw, step: StepTexts): string {
  if (start === null) return step.toStart(beacon.round);
  const units = start.items.reduce((sum, { stock }) => sum + stock, 0);
  return step.started(beacon.round, units);
}

function chainOf({ entries, records, lockedAt }: Draw, step: StepTexts): string {
  return (lockedAt === null ? step.chain : step.chained)(entries, records - entries);
}

function lockOf({ draw, event, timeOf }: DrawStepsProps, step: StepTexts): string | null {
  if (draw.lockedAt !== null) return step.locked(timeOf(draw.lockedAt));
  const closes = draw.start?.entriesCloseAtMs ?? event?.entriesCloseAt;
  return draw.givenUp === null && closes ? step.toLock(timeOf(closes)) : null;
}

function beaconOf({ draw, timeOf }: DrawStepsProps, step: StepTexts): string | null {
  const { beacon, signature, status, givenUp } = draw;
  const at = timeOf(beacon.roundAt);
  const isLocal = beacon.kind === 'local';
  if (signature !== null) return (isLocal ? step.beaconLocal : step.beacon)(at);
  if (givenUp !== null) return null;
  if (status === 'waiting_for_beacon') return step.beaconLate(at);
  return (isLocal ? step.toBeaconLocal : step.toBeacon)(at);
}

function resultOf({ draw, timeOf }: DrawStepsProps, step: StepTexts): string {
  if (draw.givenUp !== null) return step.givenUp(timeOf(draw.givenUp.at));
  return draw.drawnAt === null ? step.toDraw : step.drawn(timeOf(draw.drawnAt));
}
