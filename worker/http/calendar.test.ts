import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../contract/events.ts';
import type { EventId } from '../contract/ids.ts';
import { calendarOf } from './calendar.ts';

const NOW_MS = Date.parse('2026-11-20T08:30:15.123Z');
const URL_OF_IT = 'https://shop.example/events/evt_000000000001';

function calendar(fields: Partial<EventDetail> = {}): string {
  const event: EventDetail = {
    id: 'evt_000000000001' as EventId,
    title: 'Sunday sound',
    description: 'One hundred pairs.',
    status: 'locked',
    startsAt: '2026-11-22T18:00:00.000Z',
    endsAt: '2026-11-22T19:30:00.000Z',
    holdSeconds: 300,
    currency: 'EUR',
    serverNow: '2026-11-20T08:30:15.123Z',
    items: [],
    ...fields,
  };
  return calendarOf(event, { url: URL_OF_IT, nowMs: NOW_MS });
}

/** Its lines as a reader takes them: unfolded. */
function linesOf(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n');
}

describe('the calendar of a sale', () => {
  it('has one entry with its times in UTC, an address, and an alarm ten minutes before', () => {
    expect(linesOf(calendar())).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//SwiftDrop//Events//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:evt_000000000001@shop.example',
      'DTSTAMP:20261120T083015Z',
      'DTSTART:20261122T180000Z',
      'DTEND:20261122T193000Z',
      'SUMMARY:Sunday sound',
      `DESCRIPTION:One hundred pairs.\\n\\n${URL_OF_IT}`,
      `URL:${URL_OF_IT}`,
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:Sunday sound',
      'TRIGGER:-PT10M',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('escapes what would end a text or begin another line', () => {
    const lines = linesOf(
      calendar({ title: 'a\\b; c, d', description: 'one\r\nUID:mine\nX:1\rEND:VEVENT' }),
    );
    expect(lines).toContain('SUMMARY:a\\\\b\\; c\\, d');
    expect(lines).toContain(`DESCRIPTION:one\\nUID:mine\\nX:1\\nEND:VEVENT\\n\\n${URL_OF_IT}`);
    expect(lines.filter((line) => line.startsWith('UID:'))).toHaveLength(1);
  });

  it.each(['x'.repeat(120), 'Ü'.repeat(120), '🎧'.repeat(60), 'kødé – 耳机 🎧 '.repeat(10).trim()])(
    'folds %s at 75 octets and cuts no character in two',
    (title) => {
      const text = calendar({ title });
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      const octets = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
      expect(Math.max(...octets)).toBeLessThanOrEqual(75);
      expect(text).not.toContain('\uFFFD');
      expect(linesOf(text)).toContain(`SUMMARY:${title}`);
    },
  );
});
