/** Cases of expressions over dates. */
import type { Case } from './case.ts';
import { at, gives } from './expressions.cases.ts';

const int = (n: number) => ({ $numberInt: String(n) });
const long = (n: number) => ({ $numberLong: String(n) });

const DATES: [unknown, unknown][] = [
  [{ $dateToString: { date: '$at' } }, '2024-02-29T13:45:30.250Z'],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: '+12:00' } }, '2024-03-01'],
  [
    { $dateToString: { date: '$at', format: '%H:%M %z %G-W%V %j', timezone: 'Europe/Berlin' } },
    '14:45 +0100 2024-W09 060',
  ],
  [{ $dateToString: { date: '$absent', onNull: 'never' } }, 'never'],
  [{ $dateFromString: { dateString: '2024-02-29' } }, at('2024-02-29T00:00:00Z')],
  [
    { $dateFromString: { dateString: '2024-02-29T10:00:00', timezone: 'America/New_York' } },
    at('2024-02-29T15:00:00Z'),
  ],
  [
    { $dateFromString: { dateString: '29.02.2024', format: '%d.%m.%Y' } },
    at('2024-02-29T00:00:00Z'),
  ],
  [{ $dateFromString: { dateString: 'x', onError: 'no date' } }, 'no date'],
  [{ $dateFromString: { dateString: null, onNull: 'no text' } }, 'no text'],
  [{ $dateAdd: { startDate: '$at', unit: 'year', amount: 1 } }, at('2025-02-28T13:45:30.250Z')],
  [
    { $dateAdd: { startDate: at('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
    at('2024-02-29T00:00:00Z'),
  ],
  [
    // The clock is put forward in this night.
    {
      $dateAdd: {
        startDate: at('2024-03-30T11:00:00Z'),
        unit: 'day',
        amount: 1,
        timezone: 'Europe/Berlin',
      },
    },
    at('2024-03-31T10:00:00Z'),
  ],
  [
    { $dateSubtract: { startDate: '$at', unit: 'hour', amount: 14 } },
    at('2024-02-28T23:45:30.250Z'),
  ],
  [
    { $dateDiff: { startDate: at('2024-01-31T23:00:00Z'), endDate: '$at', unit: 'month' } },
    long(1),
  ],
  [{ $dateDiff: { startDate: at('2024-02-25T00:00:00Z'), endDate: '$at', unit: 'week' } }, long(0)],
  [{ $dateTrunc: { date: '$at', unit: 'month' } }, at('2024-02-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, at('2024-02-29T13:45:00Z')],
  [
    { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } },
    at('2024-02-26T00:00:00Z'),
  ],
  [{ $year: '$at' }, int(2024)],
  [{ $hour: { date: '$at', timezone: '-05:00' } }, int(8)],
  [{ $dayOfWeek: '$at' }, int(5)],
  [{ $dayOfYear: '$at' }, int(60)],
  [{ $year: '$id' }, int(2021)],
  [{ $dateFromParts: { year: 2024, month: 2, day: 29, hour: 5 } }, at('2024-02-29T05:00:00Z')],
];

export const DATE_CASES: Case[] = DATES.map(gives);
