import { describe, expect, it } from 'vitest';
import { instantOfLocal, isTimeZone, localOfInstant } from './local-time.ts';
import {
  readSchedule,
  SALE_MS_MAX,
  START_AHEAD_MS_MAX,
  START_PAST_MS_MAX,
  timesOfCopy,
} from './schedule.ts';

const NOW_MS = Date.UTC(2027, 0, 1);
const ZONE = 'Europe/Copenhagen';
const HOUR_MS = 3_600_000;

function at(ms: number): string {
  return new Date(NOW_MS + ms).toISOString();
}

describe('a local time', () => {
  it.each([
    // The night of 28 March 2027 clocks go from 02:00 to 03:00, that of 31 October back again.
    [ZONE, '2027-03-28T01:59', '2027-03-28T00:59:00.000Z'],
    [ZONE, '2027-03-28T03:00', '2027-03-28T01:00:00.000Z'],
    [ZONE, '2027-03-28T10:00', '2027-03-28T08:00:00.000Z'],
    [ZONE, '2027-03-27T10:00:30', '2027-03-27T09:00:30.000Z'],
    [ZONE, '2027-10-31T03:00', '2027-10-31T02:00:00.000Z'],
    ['America/St_Johns', '2027-07-01T12:00', '2027-07-01T14:30:00.000Z'],
    ['Pacific/Kiritimati', '2027-07-01T00:00', '2027-06-30T10:00:00.000Z'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', '2027-10-03T02:30', '2027-10-02T15:30:00.000Z'],
    ['UTC', '2027-07-01T12:00:00.250', '2027-07-01T12:00:00.250Z'],
  ])('in %s of %s is %s, and back', (zone, local, utc) => {
    expect(new Date(instantOfLocal(local, zone) ?? Number.NaN).toISOString()).toBe(utc);
    expect(localOfInstant(Date.parse(utc), zone)).toBe(local);
  });

  it('that clocks show twice means the first time', () => {
    expect(instantOfLocal('2027-10-31T02:30', ZONE)).toBe(Date.UTC(2027, 9, 31, 0, 30));
    expect(instantOfLocal('2027-11-07T01:30', 'America/New_York')).toBe(
      Date.UTC(2027, 10, 7, 5, 30),
    );
  });

  it('that clocks skip does not exist', () => {
    expect(instantOfLocal('2027-03-28T02:00', ZONE)).toBeUndefined();
    expect(instantOfLocal('2027-03-28T02:59:59', ZONE)).toBeUndefined();
    expect(instantOfLocal('2027-03-14T02:30', 'America/New_York')).toBeUndefined();
  });
});

describe('a time zone', () => {
  it('is one by its IANA name only', () => {
    for (const name of [ZONE, 'UTC', 'Asia/Kolkata']) expect(isTimeZone(name)).toBe(true);
    for (const name of ['+02:00', 'Mars/Olympus', '', "'; DROP TABLE events"]) {
      expect(isTimeZone(name)).toBe(false);
    }
  });
});

describe('a schedule', () => {
  it('opens and closes by the clocks of its zone', () => {
    const input = { startsAt: '2027-03-28T10:00', endsAt: '2027-10-31T10:00', timeZone: ZONE };
    expect(readSchedule({ ...input, endsAt: '2027-03-29T10:00' }, NOW_MS)).toEqual({
      ok: true,
      startsAt: '2027-03-28T08:00:00.000Z',
      endsAt: '2027-03-29T08:00:00.000Z',
      timeZone: ZONE,
    });
  });

  it('takes times with an offset as they are, whatever the zone', () => {
    const input = { startsAt: '2027-02-01T10:00:00+09:00', endsAt: '2027-02-02T01:00:00Z' };
    const read = { startsAt: '2027-02-01T01:00:00.000Z', endsAt: '2027-02-02T01:00:00.000Z' };
    expect(readSchedule(input, NOW_MS)).toEqual({ ok: true, ...read, timeZone: 'UTC' });
    const zoned = readSchedule({ ...input, timeZone: ZONE }, NOW_MS);
    expect(zoned).toEqual({ ok: true, ...read, timeZone: ZONE });
  });

  it('is good up to each of its limits', () => {
    for (const [startMs, endMs] of [
      [-START_PAST_MS_MAX, 1],
      [START_AHEAD_MS_MAX, START_AHEAD_MS_MAX + SALE_MS_MAX],
    ] as const) {
      expect(readSchedule({ startsAt: at(startMs), endsAt: at(endMs) }, NOW_MS).ok).toBe(true);
    }
  });

  it.each<[string, [string, string], string[]]>([
    ['opens in the past', [at(-START_PAST_MS_MAX - 1), at(1)], ['startsAt']],
    ['opens too far ahead', [at(START_AHEAD_MS_MAX + 1), at(START_AHEAD_MS_MAX + 2)], ['startsAt']],
    ['ends as it starts', [at(HOUR_MS), at(HOUR_MS)], ['endsAt']],
    ['ends before it starts', [at(HOUR_MS), at(0)], ['endsAt']],
    ['lasts too long', [at(0), at(SALE_MS_MAX + 1)], ['endsAt']],
    ['opens in the gap of spring', ['2027-03-28T02:30', '2027-03-28T12:00'], ['startsAt']],
    ['ends in the gap of spring', ['2027-03-27T12:00', '2027-03-28T02:30'], ['endsAt']],
  ])('that %s is refused, and the field named', (_what, [startsAt, endsAt], paths) => {
    const read = readSchedule({ startsAt, endsAt, timeZone: ZONE }, NOW_MS);
    expect(read.ok ? [] : read.errors.map(({ path }) => path)).toEqual(paths);
  });

  it('without offset and without zone could mean anything, and is refused', () => {
    const read = readSchedule({ startsAt: '2027-02-01T10:00', endsAt: '2027-02-01T11:00' }, NOW_MS);
    expect(read.ok ? [] : read.errors.map(({ path }) => path)).toEqual(['startsAt', 'endsAt']);
  });
});

describe('a copy of an event', () => {
  const zone = 'Europe/Copenhagen';
  const TODAY_MS = Date.parse('2027-03-18T12:00:00Z');
  const planned = (startsAt: string, endsAt: string) => ({ startsAt, endsAt, timeZone: zone });

  it('opens whole weeks later at the same times of day, across a change of the clocks', () => {
    // Each at ten and at noon there.
    const event = planned('2027-03-20T09:00:00.000Z', '2027-03-22T11:00:00.000Z');
    expect(timesOfCopy(event, TODAY_MS)).toEqual({
      startsAt: '2027-03-27T09:00:00.000Z',
      endsAt: '2027-03-29T10:00:00.000Z',
    });
  });

  it('of long ago opens at least a day from now', () => {
    const event = planned('2026-03-20T09:00:00.000Z', '2026-03-20T11:00:00.000Z');
    expect(timesOfCopy(event, Date.parse('2027-03-18T10:00:00Z'))?.startsAt).toBe(
      '2027-03-26T09:00:00.000Z',
    );
  });

  it('leaves out a week whose clocks skip the time', () => {
    const event = planned('2027-03-21T01:30:00.000Z', '2027-03-21T02:30:00.000Z');
    // Half past two is not there on the 28th.
    expect(timesOfCopy(event, TODAY_MS)?.startsAt).toBe('2027-04-04T00:30:00.000Z');
  });

  it('opens when it is asked to, and never at a time that is none', () => {
    const event = planned('2027-03-20T09:00:00.000Z', '2027-03-20T11:00:00.000Z');
    expect(timesOfCopy({ ...event, asked: '2027-05-01T10:00' }, TODAY_MS)).toEqual({
      startsAt: '2027-05-01T08:00:00.000Z',
      endsAt: '2027-05-01T10:00:00.000Z',
    });
    expect(timesOfCopy({ ...event, asked: '2027-03-28T02:30' }, TODAY_MS)).toBeUndefined();
  });
});
