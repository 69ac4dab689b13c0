/** A draw in numbers, the long ones to be copied and compared with somebody else's. */
import type { Draw } from '../../worker/contract/draw.ts';
import { number } from '../texts/numbers.ts';
import { CopyButton } from './copy-button.tsx';
import { DRAW_TEXTS } from './texts/texts.ts';

export interface DrawFactsProps {
  readonly draw: Draw;
  timeOf(instant: string | number): string;
}

type Row = readonly [name: string, value: string | null];

export function DrawFacts({ draw, timeOf }: DrawFactsProps) {
  const { factsTitle, facts } = DRAW_TEXTS;
  const { beacon } = draw;
  const rows: readonly Row[] = [
    [facts.number, draw.number === null ? null : number(draw.number)],
    [facts.entries, number(draw.entries)],
    [facts.records, number(draw.records)],
    [facts.beacon, facts[beacon.kind]],
    [facts.round, facts.roundDue(beacon.round, timeOf(beacon.roundAt))],
  ];
  const more: readonly Row[] = [
    [facts.signature, draw.signature],
    [facts.randomness, draw.randomness],
    [facts.seed, draw.seed],
    [facts.ranking, draw.ranking],
  ];
  return (
    <section aria-labelledby="draw-facts">
      <h2 id="draw-facts">{factsTitle}</h2>
      <dl class="draw-facts">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <Hashes rows={[[draw.lockedAt === null ? facts.headOpen : facts.head, draw.head]]} />
      </dl>
      {more.some(([, value]) => value) && (
        <details>
          <summary>{facts.more}</summary>
          <dl class="draw-facts">
            <Hashes rows={more} />
          </dl>
        </details>
      )}
      {draw.statements.length > 0 && (
        <details>
          <summary>{facts.statements}</summary>
          {draw.statements.map((text) => (
            <p key={text}>
              <code class="draw-hash">{text}</code>
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

/** What is there of them. */
function Hashes({ rows }: { rows: readonly Row[] }) {
  return (
    <>
      {rows.map(
        ([name, value]) =>
          value && (
            <div key={name} class="draw-fact-long">
              <dt>{name}</dt>
              <dd>
                <code class="draw-hash">{value}</code>
                <CopyButton name={name} text={value} />
              </dd>
            </div>
          ),
      )}
    </>
  );
}
