import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Report } from '../../../worker/contract/report.ts';
import { ADMIN_REPORT_OPERATIONS } from '../../../worker/openapi/operations/report.ts';
import { anEvent, EVENT_ID } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { REPORT_EN } from '../../texts/report/en.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ReportScreen } from './report-screen.tsx';

/** The one of the API's description. */
const EXAMPLE = ADMIN_REPORT_OPERATIONS[0]?.answers[200]?.example as Report;
const REPORT: Report = { ...EXAMPLE, id: EVENT_ID };
const UNDER_WAY_MS = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function aSale(fields: Partial<AdminEvent> = {}): AdminEvent {
  const event = anEvent({ status: 'closed', title: 'Lamps' });
  const { startsAt, endsAt } = event;
  const planned = { startsAt, endsAt, startsAtLocal: '', endsAtLocal: '' };
  const plan = { published: true, timeZone: 'UTC', planned, openedAt: null, closedAt: null };
  return { ...event, ...plan, hasEntries: false, cancellation: null, ...fields };
}

async function open(calls: Partial<AdminApi> = {}) {
  const readReport = vi.fn<AdminApi['readReport']>(async () => ok(REPORT));
  const getEvent = vi.fn<AdminApi['getEvent']>(async () => ok(aSale({ reportPublic: false })));
  await drawInConsole(<ReportScreen id={EVENT_ID} />, { readReport, getEvent, ...calls });
  return { readReport };
}

test('an admin reads a report that is not public, and makes it public there', async () => {
  const switchReport = vi.fn<AdminApi['switchReport']>(async () =>
    ok(aSale({ reportPublic: true })),
  );
  await open({ switchReport });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Lamps');
  expect(screen.getByText(REPORT_EN.summary('198', '200'), { exact: false })).toBeTruthy();
  fireEvent.click(screen.getByLabelText('Public report'));
  await settle();
  expect(switchReport).toHaveBeenCalledWith(EVENT_ID, true);
  const address = `${location.origin}/events/${EVENT_ID}/report`;
  expect(screen.getByRole('link', { name: address }).getAttribute('href')).toBe(address);
});

test('it is taken away as CSV and as JSON', async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:file';
  });
  const exportReport = vi.fn<AdminApi['exportReport']>(async () => ok(new Blob(['part\r\n'])));
  await open({ exportReport });
  for (const name of [/CSV/, /JSON/]) {
    fireEvent.click(screen.getByRole('button', { name }));
    await settle();
  }
  expect(saved).toEqual([`report-${EVENT_ID}.csv`, `report-${EVENT_ID}.json`]);
  expect(exportReport).toHaveBeenCalledWith(EVENT_ID);
  expect(JSON.parse(await (files[1] ?? new Blob()).text())).toEqual(REPORT);
});

test('the figures of a sale that is under way are read again', async () => {
  const lasting = vi.fn<AdminApi['readReport']>(async () => ok({ ...REPORT, isFinal: false }));
  await open({ readReport: lasting });
  const before = lasting.mock.calls.length;
  await settle(2 * UNDER_WAY_MS);
  expect(lasting.mock.calls.length).toBeGreaterThan(before);
  cleanup();
  const { readReport } = await open();
  await settle(2 * UNDER_WAY_MS);
  expect(readReport).toHaveBeenCalledTimes(1);
});

test('an event that does not exist has none', async () => {
  await open({ getEvent: async () => refused({ code: 'not_found' }) });
  expect(screen.queryByRole('button', { name: /CSV/ })).toBeNull();
  expect(screen.queryByLabelText('Public report')).toBeNull();
});
