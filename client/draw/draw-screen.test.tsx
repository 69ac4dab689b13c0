import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draw } from '../../worker/contract/draw.ts';
import { anEvent, anItem, aSession, EVENT_ID, instant, NOON_MS } from '../testing/builders.ts';
import {
  entryId,
  OTHER_ITEM_ID,
  type Plan,
  type PlayedDraw,
  playDraw,
  receiptOf,
  sent,
} from '../testing/draws.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { type FakeWorld, openShop, settle as pass } from '../testing/fake-shop.tsx';
import type { StartCheck } from './background/check-messages.ts';
import { checkDraw } from './check/check-draw.ts';
import { verdictOf } from './check-outcome.tsx';
import { openDraw } from './open-draw.tsx';
import { DRAW_EN } from './texts/en.ts';

const PATH = `/events/${EVENT_ID}/draw`;
const EVENT = anEvent({
  title: 'Sunday sound',
  items: [anItem(), anItem({ id: OTHER_ITEM_ID, name: 'Speaker' })],
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle(passMs = 0) {
  for (let turn = 0; turn < 4; turn++) await pass(turn === 0 ? passMs : 0);
}

let checked: Promise<void> = Promise.resolve();

/** The check as it is, without a worker of its own. */
function checking({ draw, lines, jwks }: PlayedDraw): StartCheck {
  const { subtle } = crypto;
  return ({ eventId, own }, onNews) => {
    checked = checkDraw({ eventId, own, draw, lines: sent(lines), jwks, subtle }).then((result) =>
      onNews({ step: 'checked', result }),
    );
    return () => {};
  };
}

const failing: StartCheck = (_, onNews) => {
  onNews({ step: 'failed' });
  return () => {};
};

async function openPage(made: PlayedDraw, world: Partial<FakeWorld> = {}) {
  const server = fakeReviews();
  server.api.getEvent.mockResolvedValue({ ok: true, value: EVENT });
  server.answer(`GET /events/${EVENT_ID}/draw`, { draw: made.draw, serverNow: instant(NOON_MS) });
  const view = await openShop({
    api: server.api,
    path: PATH,
    loadDraw: () => openDraw(checking(made)),
    ...world,
  });
  await settle();
  return { server, ...view };
}

async function played(plan: Plan = {}, change: (draw: Draw) => void = () => {}) {
  const made = await playDraw(plan);
  change(made.draw);
  return made;
}

async function pressCheck() {
  fireEvent.click(screen.getByRole('button', { name: 'Check the draw' }));
  await checked;
  await settle();
  expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();
}

const steps = () => screen.getAllByRole('listitem').filter((item) => item.closest('.draw-steps'));

test('a draw tells in five sentences what happened, and when', async () => {
  await openPage(await played());
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Sunday sound');
  const texts = steps().map(({ textContent }) => textContent);
  expect(texts).toHaveLength(5);
  expect(texts[0]).toContain('number 1,000 of the random source');
  expect(texts[1]).toContain('6 entries, 1 of them withdrawn');
  expect(texts[2]).toMatch(/23 Aug.* the list was closed/);
  expect(texts[3]).toContain('nobody could know before');
  expect(texts[4]).toContain('the smallest is served first');
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain('Now: drawn');
  expect(screen.getByText(/every 60 seconds/)).toBeTruthy();
});

test.each([
  {
    status: 'open',
    now: 'people enter',
    sentence: /the list is closed: whoever comes later/,
    seconds: '10',
  },
  {
    status: 'locked',
    now: 'the list is closed',
    sentence: /which nobody can know before/,
    seconds: '3',
  },
  {
    status: 'waiting_for_beacon',
    now: 'waiting for the random number',
    sentence: /is not there yet/,
    seconds: '3',
  },
  { status: 'given_up', now: 'given up', sentence: /nobody has a rank/, seconds: '60' },
] as const)('a draw that is $status shows how far it is', async (stage) => {
  const { status, now, sentence, seconds } = stage;
  await openPage(await played({ status }));
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain(`Now: ${now}`);
  expect(steps().some(({ textContent }) => sentence.test(textContent ?? ''))).toBe(true);
  expect(screen.getByText(new RegExp(`every ${seconds} seconds`))).toBeTruthy();
});

test('a draw that was given up says why', async () => {
  await openPage(await played({ status: 'given_up' }));
  expect(screen.getByText(DRAW_EN.reasons.beacon_silent)).toBeTruthy();
});

test('a draw that nobody entered says so, and has no steps', async () => {
  const none = { number: null, start: null, head: null, statements: [], statement: null };
  const result = { signature: null, seed: null, randomness: null, ranking: null };
  const empty = { ...none, ...result, entries: 0, records: 0 };
  await openPage(await played({}, (draw) => Object.assign(draw, empty)));
  expect(screen.getByText(DRAW_EN.states.nobody)).toBeTruthy();
  expect(document.querySelector('.draw-steps')).toBeNull();
});

test('a beacon of the shop’s own is called what it is', async () => {
  await openPage(await played({}, ({ beacon }) => Object.assign(beacon, { kind: 'local' })));
  expect(screen.getByText(DRAW_EN.localTitle)).toBeTruthy();
  expect(screen.getByText(DRAW_EN.limits.localBeacon)).toBeTruthy();
  expect(steps()[3]?.textContent).toContain('the shop could know before');
});

test('an event without a draw has no such page', async () => {
  const server = fakeReviews();
  server.refuse(`GET /events/${EVENT_ID}/draw`, { status: 404, code: 'not_found' });
  const made = await played();
  const loadDraw = () => openDraw(checking(made));
  await openShop({ api: server.api, path: PATH, loadDraw });
  await settle();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing here');
});

test('while it waits, the page asks again by itself and shows what came', async () => {
  const { server } = await openPage(await played({ status: 'waiting_for_beacon' }));
  const drawn = await played();
  const answer = { draw: drawn.draw, serverNow: instant(NOON_MS) };
  server.answer(`GET /events/${EVENT_ID}/draw`, answer);
  await settle(4_000);
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain('Now: drawn');
});

test('the head can be copied', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => {});
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
  const made = await played();
  await openPage(made);
  fireEvent.click(screen.getByRole('button', { name: `Copy: ${DRAW_EN.facts.head}` }));
  await settle();
  expect(writeText).toHaveBeenCalledWith(made.draw.head);
  expect(screen.getByText('Copied.')).toBeTruthy();
});

test('a check says that all is right, and counts what it computed', async () => {
  await openPage(await played());
  await pressCheck();
  expect(screen.getAllByText(DRAW_EN.right)).toHaveLength(2);
  expect(screen.getByText(/7 lines, 6 entries\. 5 ranks compared/)).toBeTruthy();
});

test('what is no receipt says nothing against the draw', async () => {
  await openPage(await played());
  fireEvent.input(screen.getByLabelText(DRAW_EN.receipt), { target: { value: 'hello' } });
  await pressCheck();
  expect(screen.getAllByText(DRAW_EN.right)).toHaveLength(2);
  expect(screen.getByText(/7 lines, 6 entries/)).toBeTruthy();
  expect(screen.getByText(/^This is no receipt\. Please copy/)).toBeTruthy();
  expect(screen.queryByText(DRAW_EN.wrong)).toBeNull();
});

test('a draw by the shop’s own source is not called right', () => {
  const computed = { head: '', seed: null, ranking: null };
  const result = { ...computed, records: 1, entries: 1, ranked: 1, findings: [], own: [] };
  expect(verdictOf({ ...result, notes: ['local_beacon'] })).toBe(DRAW_EN.rightLocal);
  expect(verdictOf({ ...result, notes: [] })).toBe(DRAW_EN.right);
});

test('a line that was changed is refused, with its number and its code', async () => {
  const made = await played();
  Object.assign(made.lines[2] ?? {}, { quantity: 9 });
  await openPage(made);
  await pressCheck();
  expect(screen.getAllByText(DRAW_EN.wrong)).toHaveLength(2);
  const code = screen.getByText('record_head_wrong');
  expect(code.closest('li')?.textContent).toContain('First at line 3.');
  expect(screen.queryByText(DRAW_EN.right)).toBeNull();
});

test('a receipt that is pasted finds its entry, with rank and score', async () => {
  const made = await played();
  const line = made.lines[4];
  if (line === undefined) throw new Error('there are too few records');
  await openPage(made);
  const receipt = await made.sign(receiptOf(line), 'swiftdrop-receipt');
  fireEvent.input(screen.getByLabelText(DRAW_EN.receipt), { target: { value: ` ${receipt}\n` } });
  await pressCheck();
  const own = within(screen.getByRole('region', { name: 'Your entry' }));
  expect(own.getByText(`Rank ${line.rank} of 3`)).toBeTruthy();
  expect(own.getByText('Headphones')).toBeTruthy();
  expect(own.getByText(DRAW_EN.own.asReceipt)).toBeTruthy();
  expect(own.getByText(DRAW_EN.own.outcome.waiting)).toBeTruthy();
});

test('who is signed in has their own entries looked up', async () => {
  const made = await played();
  const { server } = await openPage(made);
  cleanup();
  const own = { id: entryId(5), eventItemId: OTHER_ITEM_ID, receipt: 'aa.bb.cc' };
  server.answer('GET /profile/queue', { entries: [own], nextCursor: null });
  const loadDraw = () => openDraw(checking(made));
  await openShop({ api: server.api, path: PATH, session: aSession(), loadDraw });
  await settle();
  expect(screen.getByText(DRAW_EN.ownKnown(1))).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy: receipt for Speaker' })).toBeTruthy();
  await pressCheck();
  const entry = within(screen.getByRole('region', { name: 'Your entry' }));
  expect(entry.getByText('Speaker')).toBeTruthy();
  expect(entry.queryByText(DRAW_EN.own.asReceipt)).toBeNull();
});

test('says where a lost receipt is found', async () => {
  await openPage(await played());
  expect(screen.getByText(DRAW_EN.receiptLost, { exact: false })).toBeTruthy();
  const way = screen.getByRole('link', { name: DRAW_EN.receiptLostWay });
  expect(way.getAttribute('href')).toBe('/orders');
});

test('a link of a mail brings the receipt along', async () => {
  await openPage(await played(), { path: `${PATH}#receipt=aa.bb.cc` });
  expect(screen.getByLabelText<HTMLTextAreaElement>(DRAW_EN.receipt).value).toBe('aa.bb.cc');
});

test('a check that cannot load the data says that nothing was checked', async () => {
  const made = await played();
  await openPage(made, { loadDraw: () => openDraw(failing) });
  fireEvent.click(screen.getByRole('button', { name: 'Check the draw' }));
  await settle();
  expect(screen.getByText(DRAW_EN.failed)).toBeTruthy();
});

test('a check tells how far it is, and can be stopped', async () => {
  const end = vi.fn<() => void>();
  const loadDraw = () =>
    openDraw((_, onNews) => {
      onNews({ step: 'reading', records: 2_000, of: 7_000 });
      return end;
    });
  await openPage(await played(), { loadDraw });
  fireEvent.click(screen.getByRole('button', { name: 'Check the draw' }));
  await settle();
  expect(screen.getByText('2,000 of 7,000 lines')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(end).toHaveBeenCalled();
  await settle();
  expect(screen.queryByRole('progressbar')).toBeNull();
});
