/** The report of a sale, for everybody and for admins. */
import * as z from 'zod';
import { adminEventSchema } from '../../contract/administration.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { type Report, reportSchema, reportSwitchSchema } from '../../contract/report.ts';
import { EVENT_ID, EVENT_ITEM_ID, EXAMPLES } from './examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const params = { id: { schema: eventIdSchema, example: EVENT_ID } };

const units = {
  total: 200,
  soldAtOnce: 171,
  soldAfterComingBack: 27,
  held: 0,
  neverHeld: 0,
  cameBackUnsold: 2,
};
const cameBack = { expired: 30, cancelled: 5, givenBack: 2, toQueue: 31, toOthers: 4, left: 2 };
const soldOut = { soldOutAt: '2026-11-27T10:00:04.120Z', soldOutAfterMs: 4_120 };

const REPORT_EXAMPLE: Report = {
  id: eventIdSchema.parse(EVENT_ID),
  title: 'Lamps at half price',
  admission: 'first_come',
  opensAt: '2026-11-27T10:00:00.000Z',
  closesAt: '2026-11-27T11:00:00.000Z',
  isFinal: true,
  cancelledAt: null,
  countedAt: '2026-11-27T12:00:00.000Z',
  units: { ...units, countedFrom: 'units' },
  sellOut: { ...soldOut, countedFrom: 'sellOut' },
  holds: {
    made: 235,
    confirmed: 200,
    expired: 30,
    cancelled: 5,
    lasting: 0,
    countedFrom: 'holds',
  },
  cameBack: { ...cameBack, countedFrom: 'cameBack' },
  refusals: {
    byReason: [
      { code: 'sold_out', count: 5_120 },
      { code: 'limit_reached', count: 14 },
    ],
    countedFrom: 'refusals',
  },
  entries: {
    made: 420,
    offered: 31,
    confirmed: 27,
    left: 12,
    waiting: 376,
    skipped: [{ reason: 'limit_reached', count: 1 }],
    countedFrom: 'entries',
  },
  waiting: {
    medianMs: 290_000,
    p90Ms: 410_000,
    longestMs: 801_000,
    classes: [
      { underSeconds: 10, count: 0 },
      { underSeconds: 60, count: 2 },
      { underSeconds: 600, count: 27 },
      { underSeconds: 3_600, count: 2 },
      { underSeconds: 21_600, count: 0 },
      { underSeconds: 86_400, count: 0 },
      { underSeconds: null, count: 0 },
    ],
    countedFrom: 'waiting',
  },
  items: [
    {
      eventItemId: EVENT_ITEM_ID as Report['items'][number]['eventItemId'],
      name: 'Desk lamp',
      variantLabel: null,
      units,
      ...soldOut,
      cameBack,
      entries: { made: 420, offered: 31, servedRank: 32, lastRank: 420 },
    },
  ],
};

const theReport = {
  description: 'The report.',
  schema: reportSchema,
  example: REPORT_EXAMPLE,
};

const theFile: SuccessAnswer = {
  description: 'A line per figure.',
  schema: z.string(),
  mediaType: 'text/csv',
  example: 'part,event_item_id,item,variant,figure,value,counted_from\r\n',
  headers: ['Content-Disposition'],
};

export const REPORT_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/events/{id}/report',
    operationId: 'getReport',
    tag: 'Events',
    summary: 'Read the report of a sale that is over',
    description:
      'Recounted from the rows of the sale; each part says by a code what it is counted from. Answered no_report until the sale is closed, and where its shop has not made the report public. At most ten minutes old; ten seconds while a hold lasts.',
    caller: 'anybody',
    params,
    revalidated: true,
    answers: { 200: theReport },
    problems: ['no_report', 'rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/events/{id}/report.csv',
    operationId: 'exportReport',
    tag: 'Events',
    summary: 'Take away the report of a sale as CSV',
    description:
      'A line for each figure, called as in the JSON, with the sentence that says what it was counted from. The figures of the whole sale come first, with an empty event_item_id. New columns are added at the end. Everything is text to a spreadsheet: what looks like a formula begins with an apostrophe.',
    caller: 'anybody',
    params,
    revalidated: true,
    answers: { 200: theFile },
    problems: ['no_report', 'rate_limited', 'busy'],
  },
];

export const ADMIN_REPORT_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/events/{id}/report',
    operationId: 'getAdminReport',
    tag: 'Administration',
    summary: 'Read the report of a sale at any time',
    description:
      'Also before it is closed or public. Ten seconds old at most while it is under way, else ten minutes.',
    caller: 'admin',
    params,
    answers: { 200: theReport },
  },
  {
    method: 'get',
    path: '/admin/events/{id}/report.csv',
    operationId: 'exportAdminReport',
    tag: 'Administration',
    summary: 'Take away the report of a sale as CSV at any time',
    description: 'As /events/{id}/report.csv, also before the sale is closed or its report public.',
    caller: 'admin',
    params,
    answers: { 200: theFile },
  },
  {
    method: 'put',
    path: '/admin/events/{id}/report',
    operationId: 'switchReport',
    versioned: true,
    tag: 'Administration',
    summary: 'Say whether everybody may read the report of a sale once it is closed',
    description: 'At any time, also after the close. Doing it again changes nothing.',
    caller: 'admin',
    params,
    body: { schema: reportSwitchSchema, example: { reportPublic: true } },
    answers: {
      200: {
        description: 'The event.',
        schema: adminEventSchema,
        example: { ...EXAMPLES.adminEvent, reportPublic: true },
      },
    },
  },
];
