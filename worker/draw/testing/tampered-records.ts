/** Draws with another list: changed after it was shown, or one that the rules do not allow. */
import type { DrawEntry } from '../../contract/draw.ts';
import type { ChainRecord } from '../../contract/draw-records.ts';
import { drandDraw, entryId } from './honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw } from './publish-draw.ts';
import { type Change, type TamperedDraw, tampered, withValue } from './tampered-draw.ts';

export function tamperedRecords(): TamperedDraw[] {
  return [
    ...tampered('list', changedLists()),
    ...tampered('list', brokenRules()),
    ...tampered('list', brokenLeavings()),
    ...tampered('line', malformedLines()),
  ];
}

/** What was published is changed, and nothing is computed again. */
function changedLists(): Change<PublishedDraw>[] {
  const drawn = publishDraw(drandDraw());
  const { records } = drawn;
  const last = records.length - 1;
  const added = { ...recordAt(records, last), seq: last + 2, entryId: entryId(99) };
  const list = (changed: DrawEntry[]) => () => ({ ...drawn, records: changed });
  const numbered = (changed: DrawEntry[]) =>
    list(changed.map((record, index) => ({ ...record, seq: index + 1 })));
  const without = (place: number) => records.toSpliced(place, 1);
  const exchanged = records.toSpliced(2, 2, recordAt(records, 3), recordAt(records, 2));
  const counted = (many: number) => withValue(drawn, 'draw.records', many);
  return [
    ['empty', 'records_differ', list([])],
    ['without its first record', 'sequence_wrong', list(without(0))],
    ['without a record', 'sequence_wrong', list(without(4))],
    ['without a record, numbered anew', 'record_head_wrong', numbered(without(4))],
    ['without its last record', 'records_differ', list(without(last))],
    [
      'without its last record, which is not counted',
      'head_wrong',
      () => ({ ...counted(last), records: without(last) }),
    ],
    ['with a record more', 'records_differ', list([...records, added])],
    [
      'with a record more, which is counted',
      'head_wrong',
      () => ({ ...counted(last + 2), records: [...records, added] }),
    ],
    ['with a record between', 'sequence_wrong', list(records.toSpliced(3, 0, added))],
    ['with a record twice', 'records_differ', list([...records, recordAt(records, last)])],
    ['with two records exchanged', 'sequence_wrong', list(exchanged)],
    ['with two records exchanged, numbered anew', 'record_head_wrong', numbered(exchanged)],
    [
      'with two heads exchanged',
      'record_head_wrong',
      list(
        records.toSpliced(
          2,
          2,
          { ...recordAt(records, 2), head: recordAt(records, 3).head },
          { ...recordAt(records, 3), head: recordAt(records, 2).head },
        ),
      ),
    ],
  ];
}

/** The shop chained what it must not, and computed and signed the rest by it. */
function brokenRules(): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const { records, start } = plan;
  const last = records.length - 1;
  const by = (changed: ChainRecord[]) => () => publishDraw({ ...plan, records: changed });
  const edited = (place: number, change: Partial<ChainRecord>) =>
    by(records.with(place, { ...recordAt(records, place), ...change }));
  const again = (change: Partial<ChainRecord>) =>
    by([...records, { ...recordAt(records, last), seq: last + 2, ...change }]);
  const first = recordAt(records, 0);
  const [, item] = start.items;
  const closeMs = start.entriesCloseAtMs;
  const kind = 'jump' as 'enter';
  return [
    ['with a gap in its numbers', 'sequence_wrong', edited(last, { seq: last + 2 })],
    ['with a number twice', 'sequence_wrong', edited(last, { seq: last })],
    [
      'from number 2',
      'sequence_wrong',
      by(records.map((record) => ({ ...record, seq: record.seq + 1 }))),
    ],
    ['with a time before the one before', 'time_backwards', edited(last, { atMs: first.atMs })],
    ['with an entry at the lock', 'record_after_lock', again({ ...entering(), atMs: closeMs })],
    [
      'with an entry after the lock',
      'record_after_lock',
      again({ ...entering(), atMs: closeMs + 60_000 }),
    ],
    [
      'with an unknown item',
      'item_unknown',
      again({ ...entering(), eventItemId: 'evi_0123456789ab_3' }),
    ],
    ['with an unknown kind', 'kind_unknown', again({ ...entering(), kind })],
    ['that enters somebody twice', 'entered_twice', again({ kind: 'enter', entryId: entryId(0) })],
    [
      'that enters somebody for a second item',
      'entered_twice',
      again({ kind: 'enter', entryId: entryId(0), eventItemId: item?.eventItemId ?? '' }),
    ],
    [
      'that enters somebody who left',
      'entered_twice',
      again({ ...wishOf(plan, 3), kind: 'enter', entryId: entryId(3) }),
    ],
  ];
}

function brokenLeavings(): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const last = plan.records.length - 1;
  const leaving = (change: Partial<ChainRecord>) => () => {
    const record = { ...recordAt(plan.records, last), seq: last + 2, ...change };
    return publishDraw({ ...plan, records: [...plan.records, { ...record, kind: 'leave' }] });
  };
  const wish = wishOf(plan, 0);
  const [, other] = plan.start.items;
  const [first, ...rest] = plan.records.map((record) => ({ ...record }));
  const early = { ...wish, kind: 'leave' as const, seq: 1, atMs: first?.atMs ?? 0 };
  const later = rest.map((record) => ({ ...record, seq: record.seq + 1 }));
  const reversed = first === undefined ? [] : [early, { ...first, seq: 2 }, ...later];
  return [
    ['that lets nobody leave', 'left_without_entering', leaving({ entryId: entryId(99) })],
    [
      'that lets somebody leave before entering',
      'left_without_entering',
      () => publishDraw({ ...plan, records: reversed }),
    ],
    ['that lets somebody leave twice', 'left_twice', leaving(wishOf(plan, 3))],
    [
      'in which who leaves had another item',
      'entry_changed',
      leaving({ ...wish, eventItemId: other?.eventItemId ?? '' }),
    ],
    [
      'in which who leaves had a larger wish',
      'entry_changed',
      leaving({ ...wish, quantity: wish.quantity + 1 }),
    ],
    [
      'in which who leaves had a larger minimum',
      'entry_changed',
      leaving({ ...wish, minQuantity: wish.minQuantity + 1 }),
    ],
  ];
}

function malformedLines(): Change<PublishedDraw>[] {
  const drawn = publishDraw(drandDraw());
  const value = (name: string, changed: unknown) => () =>
    withValue(drawn, `records.2.${name}`, changed);
  const line = (text: string) => () => ({ ...drawn, lines: { 2: text } });
  return [
    ['no JSON', 'record_malformed', line('{"seq":3')],
    ['no object', 'record_malformed', line('[3]')],
    ['null', 'record_malformed', line('null')],
    ['too long', 'record_malformed', line(JSON.stringify({ seq: 3, kind: 'x'.repeat(5_000) }))],
    ['with a number as text', 'record_malformed', value('seq', '3')],
    ['with a quantity of nothing', 'record_malformed', value('quantity', 0)],
    ['with half a quantity', 'record_malformed', value('quantity', 1.5)],
    ['with a minimum of nothing', 'record_malformed', value('minQuantity', 0)],
    ['with a number too large', 'record_malformed', value('quantity', 2 ** 53)],
    ['with no entry', 'record_malformed', value('entryId', null)],
    ['with a time of another form', 'record_malformed', value('at', 'yesterday')],
    ['with a day that is none', 'record_malformed', value('at', '2026-02-30T10:00:00.000Z')],
    ['with a head in capitals', 'record_malformed', value('head', 'AB'.repeat(32))],
    ['with a short head', 'record_malformed', value('head', 'ab')],
    ['with a rank of 0', 'record_malformed', value('rank', 0)],
  ];
}

/** Of somebody who is new. */
function entering(): Pick<ChainRecord, 'kind' | 'entryId'> {
  return { kind: 'enter', entryId: entryId(99) };
}

/** What somebody wanted, as every record of theirs repeats it. */
function wishOf({ records }: DrawPlan, number: number) {
  const { eventItemId, quantity, minQuantity, ...rest } =
    records.find((record) => record.entryId === entryId(number)) ?? recordAt(records, 0);
  return { entryId: rest.entryId, eventItemId, quantity, minQuantity };
}

function recordAt<Record>(records: readonly Record[], place: number): Record {
  const record = records[place];
  if (record === undefined) throw new Error(`there is no record ${place}`);
  return record;
}
