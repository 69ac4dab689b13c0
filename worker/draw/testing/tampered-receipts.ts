/** Receipts that are forged or of something else, and lists that are not the one for which receipts were given. */
import type { DrawReceipt } from '../../contract/draw.ts';
import type { ChainRecord } from '../../contract/draw-records.ts';
import { drandDraw, entryId, localDraw } from './honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw, receiptClaims } from './publish-draw.ts';
import {
  FOREIGN_KEY,
  publicKey,
  SHOP_KEY,
  type SigningKey,
  signedText,
  withClaims,
} from './signed-texts.ts';
import {
  type Change,
  changed,
  type TamperedDraw,
  tampered,
  withReceiptOf,
} from './tampered-draw.ts';

const TYP = 'swiftdrop-receipt';
/** Has entered before others did, and stays. */
const OWN_ID = entryId(5);

export function tamperedReceipts(): TamperedDraw[] {
  const published = withReceiptOf(publishDraw(drandDraw()), OWN_ID);
  return [
    ...tampered('receipt', claims(published)),
    ...tampered('receipt', forged(published)),
    ...tampered('receipt', otherLists(published)),
  ];
}

function claims(published: PublishedDraw): Change<PublishedDraw>[] {
  const [token = ''] = published.receipts;
  const said = ownClaims(published);
  return Object.entries(said).flatMap(([name, value]): Change<PublishedDraw>[] => {
    const other = { ...said, [name]: changed(value) };
    const code = name === 'eventId' ? 'receipt_of_other_event' : 'receipt_not_in_list';
    const field = `receipts.${name}`;
    const signed = signedText(other, { typ: TYP });
    return [
      [`with another ${name}`, code, () => withReceipt(published, signed), field],
      [
        `with another ${name}, not signed again`,
        'receipt_signature_wrong',
        () => withReceipt(published, withClaims(token, other)),
        field,
      ],
    ];
  });
}

function forged(published: PublishedDraw): Change<PublishedDraw>[] {
  const said = ownClaims(published);
  const { kid } = publicKey(SHOP_KEY);
  const by = (header: object, key?: SigningKey) => () =>
    withReceipt(published, signedText(said, { typ: TYP, ...header }, key));
  const text = (given: string) => () => withReceipt(published, given);
  const { head: _, ...headless } = said;
  return [
    ['by an unknown key', 'receipt_key_unknown', by({}, FOREIGN_KEY)],
    ["by another key with the shop's kid", 'receipt_signature_wrong', by({ kid }, FOREIGN_KEY)],
    ['as a statement', 'receipt_type_wrong', by({ typ: 'swiftdrop-draw' })],
    ['that is a statement', 'receipt_type_wrong', text(published.draw.statements[0] ?? '')],
    ['that is any text', 'receipt_malformed', text('hello')],
    ['without a head', 'receipt_malformed', text(signedText(headless, { typ: TYP }))],
  ];
}

/** The receipt is genuine; the list is another one, which is right by itself. */
function otherLists(shown: PublishedDraw): Change<PublishedDraw>[] {
  const plan = drandDraw();
  const own = plan.records.filter((record) => record.entryId === OWN_ID);
  const [place = 0] = own.map(({ seq }) => seq - 1);
  const list = (records: readonly ChainRecord[]) => () => ({
    ...publishDraw({ ...plan, records: numbered(records) }),
    receipts: shown.receipts,
  });
  const edited = (index: number, change: Partial<ChainRecord>) =>
    list(plan.records.map((record, at) => (at === index ? { ...record, ...change } : record)));
  const started = (start: Partial<DrawPlan['start']>) => () => ({
    ...publishDraw({ ...plan, start: { ...plan.start, ...start } }),
    receipts: shown.receipts,
  });
  const first = plan.records[0];
  const invented = { ...first, entryId: entryId(99) } as ChainRecord;
  const exchanged = [plan.records[1], plan.records[0]].map((record, index) => ({
    ...record,
    atMs: plan.records[index]?.atMs,
  })) as ChainRecord[];
  const other = { ...localDraw(), start: { ...localDraw().start, eventId: otherEventId(plan) } };
  return [
    ['of a list without this entry', 'receipt_not_in_list', list(without(plan, place))],
    ['of a list without an earlier entry', 'receipt_not_in_list', list(without(plan, 0))],
    [
      'of a list with an invented entry before',
      'receipt_not_in_list',
      list([invented, ...plan.records]),
    ],
    [
      'of a list with two earlier entries exchanged',
      'receipt_not_in_list',
      list([...exchanged, ...plan.records.slice(2)]),
    ],
    ['of a list with a larger wish', 'receipt_not_in_list', edited(place, { quantity: 9 })],
    ['of a list with a larger minimum', 'receipt_not_in_list', edited(place, { minQuantity: 2 })],
    ['of a list with an earlier wish changed', 'receipt_not_in_list', edited(1, { quantity: 9 })],
    ['of a list with an earlier time changed', 'receipt_not_in_list', edited(0, { atMs: 1 })],
    ['of a draw with another number', 'receipt_not_in_list', started({ number: 8 })],
    ['of a draw with other conditions', 'receipt_not_in_list', started({ offerSeconds: 30 })],
    [
      'of a draw with another price',
      'receipt_not_in_list',
      started({ items: plan.start.items.map((item) => ({ ...item, priceMinor: 9_999 })) }),
    ],
    [
      'of a draw of another event',
      'receipt_of_other_event',
      () => ({ ...publishDraw(other), receipts: shown.receipts }),
    ],
  ];
}

function ownClaims(published: PublishedDraw): DrawReceipt {
  const record = published.records.find(({ entryId: id }) => id === OWN_ID);
  if (record === undefined) throw new Error(`${OWN_ID} has not entered`);
  return receiptClaims(published, record);
}

function withReceipt(published: PublishedDraw, text: string): PublishedDraw {
  return { ...published, receipts: [text] };
}

/** Who entered there, or leaves there, is not in the list at all. */
function without({ records }: DrawPlan, place: number): ChainRecord[] {
  const gone = records[place]?.entryId;
  return records.filter((record) => record.entryId !== gone);
}

function numbered(records: readonly ChainRecord[]): ChainRecord[] {
  return records.map((record, index) => ({ ...record, seq: index + 1 }));
}

function otherEventId({ start }: DrawPlan): DrawReceipt['eventId'] {
  return String(changed(start.eventId)) as DrawReceipt['eventId'];
}
