/** The way of a draw as a picture: what is behind it, and where it stands. Must not know any time. */
import type { Draw } from '../../worker/contract/draw.ts';
import { STAGES, type Stage, stagesDone, stateOf } from './draw-stage.ts';
import { DRAW_TEXTS } from './texts/texts.ts';

const WIDTH = 360;
const HEIGHT = 74;
const STEP = WIDTH / STAGES.length;
const RADIUS = 13;
const LINE_Y = 24;
const WORD_Y = 64;

export function DrawPicture({ draw }: { draw: Draw }) {
  const state = stateOf(draw);
  const done = stagesDone(draw);
  const isGivenUp = state === 'given_up';
  const next = STAGES.find((stage) => !done.has(stage));
  return (
    <svg
      class="draw-picture"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={DRAW_TEXTS.picture(DRAW_TEXTS.stageNow[state])}
    >
      {STAGES.map((stage, index) => {
        const isEnd = isGivenUp && stage === 'drawn';
        const isNext = stage === next && !isGivenUp && state !== 'nobody';
        const at = done.has(stage) ? 'done' : isNext ? 'next' : 'ahead';
        return (
          <g key={stage} class={`draw-stage draw-stage-${isEnd ? 'ended' : at}`}>
            {index > 0 && (
              <line
                x1={middleOf(index - 1) + RADIUS + 4}
                x2={middleOf(index) - RADIUS - 4}
                y1={LINE_Y}
                y2={LINE_Y}
              />
            )}
            <circle cx={middleOf(index)} cy={LINE_Y} r={RADIUS} />
            <Sign stage={stage} index={index} isDone={done.has(stage)} isEnd={isEnd} />
            <text x={middleOf(index)} y={WORD_Y} text-anchor="middle">
              {isEnd ? DRAW_TEXTS.givenUpShort : DRAW_TEXTS.stages[stage]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface SignProps {
  readonly stage: Stage;
  readonly index: number;
  readonly isDone: boolean;
  readonly isEnd: boolean;
}

/** Not by colour alone. */
function Sign({ index, isDone, isEnd }: SignProps) {
  const [x, y] = [middleOf(index), LINE_Y];
  if (isEnd) return <path d={`M${x - 5} ${y - 5}l10 10m0 -10l-10 10`} />;
  return isDone ? <path d={`M${x - 6} ${y}l4 5l8 -9`} /> : null;
}

function middleOf(index: number): number {
  return STEP * (index + 0.5);
}
