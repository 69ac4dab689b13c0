/** A draw with one published value changed and nothing else: a line for each of them. */
import type { DrawFindingCode } from '../../contract/draw-findings.ts';
import { drandDraw } from './honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw } from './publish-draw.ts';
import {
  type Change,
  changed,
  fieldOf,
  type TamperedDraw,
  tampered,
  valueAt,
  withValue,
} from './tampered-draw.ts';

type Fields = Readonly<Record<string, DrawFindingCode>>;

export const DRAW_FIELDS: Fields = {
  version: 'version_unknown',
  number: 'draw_malformed',
  entries: 'entries_differ',
  records: 'records_differ',
  head: 'head_wrong',
  'start.eventId': 'draw_of_other_event',
  'start.number': 'draw_malformed',
  'start.startsAtMs': 'record_head_wrong',
  'start.entriesCloseAtMs': 'record_head_wrong',
  'start.beacon.kind': 'beacon_chain_wrong',
  'start.beacon.chain': 'beacon_chain_wrong',
  'start.beacon.publicKey': 'beacon_chain_wrong',
  'start.beacon.round': 'round_wrong',
  'start.beacon.roundAtMs': 'round_time_wrong',
  'start.offerSeconds': 'record_head_wrong',
  'start.payment': 'record_head_wrong',
  'start.currency': 'record_head_wrong',
  'start.items.0.eventItemId': 'item_unknown',
  'start.items.0.stock': 'record_head_wrong',
  'start.items.0.priceMinor': 'record_head_wrong',
  'start.items.0.limitPerCustomer': 'record_head_wrong',
  'start.items.1.eventItemId': 'item_unknown',
  'start.items.1.stock': 'record_head_wrong',
  'start.items.1.priceMinor': 'record_head_wrong',
  'start.items.1.limitPerCustomer': 'record_head_wrong',
  'beacon.kind': 'beacon_differs',
  'beacon.chain': 'beacon_differs',
  'beacon.publicKey': 'beacon_differs',
  'beacon.round': 'beacon_differs',
  'beacon.roundAt': 'beacon_differs',
  lockedAt: 'statement_differs',
  randomness: 'randomness_wrong',
  signature: 'signature_wrong',
  seed: 'seed_wrong',
  ranking: 'ranking_wrong',
  drawnAt: 'statement_differs',
  statement: 'statement_differs',
  'statements.0': 'statement_signature_wrong',
  'statements.1': 'statement_signature_wrong',
};

/** Of a draw that was given up. */
export const GIVEN_UP_FIELDS: Fields = {
  'givenUp.at': 'statement_differs',
  'givenUp.reason': 'statement_differs',
  statement: 'statement_differs',
  'statements.0': 'statement_signature_wrong',
};

export const RECORD_FIELDS: Fields = {
  seq: 'sequence_wrong',
  kind: 'kind_unknown',
  entryId: 'record_head_wrong',
  eventItemId: 'record_head_wrong',
  quantity: 'record_head_wrong',
  minQuantity: 'record_head_wrong',
  at: 'record_head_wrong',
  head: 'record_head_wrong',
};

export const KEY_FIELDS: Fields = {
  kty: 'statement_signature_wrong',
  crv: 'statement_signature_wrong',
  x: 'statement_signature_wrong',
  y: 'statement_signature_wrong',
  kid: 'statement_key_unknown',
};

export const DRAWN = drandDraw();
export const GIVEN_UP: DrawPlan = {
  ...DRAWN,
  status: 'given_up',
  givenUp: { atMs: DRAWN.start.beacon.roundAtMs - 60_000, reason: 'cancelled' },
};

export function tamperedFields(): TamperedDraw[] {
  const drawn = publishDraw(DRAWN);
  const places = ['enter', 'leave'].map((kind) =>
    drawn.records.findIndex((record) => record.kind === kind),
  );
  return [
    ...eachField('draw', drawn, DRAW_FIELDS),
    ...eachField('draw', publishDraw(GIVEN_UP), GIVEN_UP_FIELDS),
    ...places.flatMap((place) => eachField(`records.${place}`, drawn, RECORD_FIELDS)),
    ...eachField('keys.keys.0', drawn, KEY_FIELDS),
    ...tampered('field', ranksAndStatus(drawn)),
  ];
}

function eachField(place: string, published: PublishedDraw, fields: Fields): TamperedDraw[] {
  const changes = Object.entries(fields).map(([name, code]): Change<PublishedDraw> => {
    const path = `${place}.${name}`;
    const make = () => withValue(published, path, changed(valueAt(published, path)));
    return [`${path} of a draw that is ${published.draw.status}`, code, make, fieldOf(path)];
  });
  return [...tampered('field', changes)];
}

/** What has no other value of the same form everywhere. */
function ranksAndStatus(drawn: PublishedDraw): Change<PublishedDraw>[] {
  const { records } = drawn;
  const ranked = records.findIndex(({ rank }) => rank === 1);
  const left = records.findIndex(
    ({ kind, entryId }) =>
      kind === 'enter' && records.some((one) => one.kind === 'leave' && one.entryId === entryId),
  );
  const leaving = records.findIndex(({ kind }) => kind === 'leave');
  const status = (value: string): Change<PublishedDraw> => [
    `status ${value}`,
    'result_early',
    () => withValue(drawn, 'draw.status', value),
    'draw.status',
  ];
  const rank = (at: number, value: number | null) =>
    [() => withValue(drawn, `records.${at}.rank`, value), 'records[].rank'] as const;
  return [
    ['rank', 'rank_wrong', ...rank(ranked, 2)],
    ['no rank', 'rank_missing', ...rank(ranked, null)],
    ['rank of who left', 'rank_of_left', ...rank(left, 1)],
    ['rank of a leaving', 'rank_of_left', ...rank(leaving, 1)],
    ...['open', 'locked', 'waiting_for_beacon', 'given_up'].map(status),
    ['no record 0', 'draw_malformed', () => withValue(drawn, 'draw.start', null)],
    ['no number', 'draw_malformed', () => withValue(drawn, 'draw.number', null), 'draw.number'],
  ];
}
