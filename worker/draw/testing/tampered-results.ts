/** Draws with another result than the one that follows from the list and the round; the shop signed it. */
import { startRecord } from '../../contract/draw-records.ts';
import { drandDraw, entryId } from './honest-draws.ts';
import {
  type Deviations,
  type DrawPlan,
  type PublishedDraw,
  publishDraw,
  sha256,
} from './publish-draw.ts';
import {
  type Change,
  changed,
  type TamperedDraw,
  tampered,
  valueAt,
  withValue,
} from './tampered-draw.ts';

export const RESULT_FIELDS = ['signature', 'randomness', 'seed', 'ranking', 'drawnAt'] as const;

export function tamperedResults(): TamperedDraw[] {
  return [
    ...tampered('result', computed()),
    ...tampered('result', ranks()),
    ...tampered('result', presence()),
    ...tampered('draw', malformedDraws()),
  ];
}

function computed(): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const by = (deviations: Deviations) => () => publishDraw(plan, deviations);
  const start = startRecord(plan.start);
  const honest = publishDraw(plan).draw;
  const head = Buffer.from(honest.head ?? '', 'hex');
  const randomness = sha256(plan.signature);
  return [
    ['with another last head', 'head_wrong', by({ head: sha256('another head') })],
    ['with too few records counted', 'records_differ', by({ counts: { records: 14 } })],
    ['with too many entries counted', 'entries_differ', by({ counts: { entries: 13 } })],
    ['with the seed that the shop likes', 'seed_wrong', by({ seed: sha256('as we like it') })],
    [
      'with a seed without record 0',
      'seed_wrong',
      by({ seed: sha256(Buffer.concat([head, randomness])) }),
    ],
    [
      'with a seed without lengths',
      'seed_wrong',
      by({
        seed: sha256(
          Buffer.concat([Buffer.from('swiftdrop draw 1 seed'), start, head, randomness]),
        ),
      }),
    ],
    ['with the randomness as the seed', 'seed_wrong', by({ seed: randomness })],
    ['with another hash of the ranking', 'ranking_wrong', by({ ranking: sha256('ranking') })],
  ];
}

function ranks(): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const [firstItem, secondItem] = plan.start.items.map(({ eventItemId }) => eventItemId);
  const ordered = (order: NonNullable<Deviations['order']>) => () => publishDraw(plan, { order });
  const only = (item: string | undefined, order: (ids: string[]) => string[]) =>
    ordered((ids, eventItemId) => (eventItemId === item ? order(ids) : ids));
  return [
    [
      'with two ranks exchanged',
      'rank_wrong',
      only(firstItem, ([first = '', second = '', ...rest]) => [second, first, ...rest]),
    ],
    [
      'with the last two ranks of the last item exchanged',
      'rank_wrong',
      only(secondItem, (ids) => [...ids.slice(0, -2), ...ids.slice(-2).toReversed()]),
    ],
    [
      'with a friend in front',
      'rank_wrong',
      only(firstItem, (ids) => [ids.at(-1) ?? '', ...ids.slice(0, -1)]),
    ],
    ['with the largest score first', 'rank_wrong', ordered((ids) => ids.toReversed())],
    [
      'by order of entering',
      'rank_wrong',
      ordered((ids) =>
        plan.records.flatMap(({ kind, entryId: id }) =>
          kind === 'enter' && ids.includes(id) ? id : [],
        ),
      ),
    ],
    ['without the last one', 'rank_missing', only(firstItem, (ids) => ids.slice(0, -1))],
    ['without the first one', 'rank_missing', only(firstItem, ([, ...rest]) => rest)],
    ['with somebody who left', 'rank_of_left', only(firstItem, (ids) => [...ids, entryId(3)])],
    [
      'with somebody who left in front',
      'rank_of_left',
      only(firstItem, (ids) => [entryId(3), ...ids]),
    ],
    [
      'with somebody who never entered',
      'ranking_wrong',
      only(secondItem, (ids) => [...ids, entryId(99)]),
    ],
  ];
}

function presence(): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const drawn = publishDraw(plan);
  const locked = publishDraw({ ...plan, status: 'locked' });
  const open = publishDraw({ ...plan, status: 'open' });
  const givenUp: DrawPlan['givenUp'] = {
    atMs: plan.start.beacon.roundAtMs + 3_700_000,
    reason: 'beacon_silent',
  };
  const silent = publishDraw({ ...plan, status: 'given_up', givenUp });
  const shown = (published: PublishedDraw, field: string) => () =>
    withValue(published, `draw.${field}`, valueAt(drawn, `draw.${field}`));
  return [
    ...RESULT_FIELDS.flatMap((field): Change<PublishedDraw>[] => [
      [`without ${field}`, 'result_missing', () => withValue(drawn, `draw.${field}`, null)],
      [`with ${field} while it is locked`, 'result_early', shown(locked, field)],
      [`with ${field} though it was given up`, 'result_early', shown(silent, field)],
    ]),
    ['with the seed while it is open', 'result_early', shown(open, 'seed')],
    [
      'with ranks while it is locked',
      'result_early',
      () => ({ ...locked, records: drawn.records }),
    ],
    ['drawn, and nobody was ranked', 'rank_missing', () => ({ ...drawn, records: locked.records })],
  ];
}

function malformedDraws(): Change<PublishedDraw>[] {
  const drawn = publishDraw(drandDraw());
  const value = (path: string, wrong: unknown) => () => withValue(drawn, path, wrong);
  return [
    ['of version 0', 'version_unknown', value('draw.version', 0)],
    ['of version 2', 'version_unknown', value('draw.version', 2)],
    ['of a version that is a text', 'version_unknown', value('draw.version', '1')],
    ['that is none', 'draw_malformed', value('draw', null)],
    ['with a count below 0', 'draw_malformed', value('draw.entries', -1)],
    ['with half a count', 'draw_malformed', value('draw.records', 1.5)],
    ['with a head that is too short', 'draw_malformed', value('draw.head', 'ab')],
    ['without a head', 'head_wrong', value('draw.head', null)],
    ['with a seed in capitals', 'draw_malformed', value('draw.seed', 'AB'.repeat(32))],
    ['with a price below 0', 'draw_malformed', value('draw.start.items.0.priceMinor', -1)],
    ['with a start before 1970', 'draw_malformed', value('draw.start.startsAtMs', -1)],
    ['with a time that is none', 'draw_malformed', value('draw.beacon.roundAt', 'soon')],
    ['with statements that are none', 'draw_malformed', value('draw.statements', null)],
    ['of an unknown status', 'draw_malformed', value('draw.status', 'postponed')],
    [
      'with an item twice',
      'draw_malformed',
      value('draw.start.items.1', valueAt(drawn, 'draw.start.items.0')),
    ],
    ['with keys that are none', 'keys_malformed', value('keys.keys', null)],
    [
      'of another event than was asked for',
      'draw_of_other_event',
      () => ({ ...drawn, eventId: String(changed(drawn.eventId)) }),
    ],
  ];
}
