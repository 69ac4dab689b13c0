import { describe, expect, it } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { CalendarEntry } from '../../stores/postgres/calendar-entries.ts';
import { calendarOf } from './calendar.ts';

const URL_OF_IT = 'https://shop.example/events/evt_000000000001';
const ORGANIZER = { name: 'Lamp Shop', email: 'hello@shop.example' };

function calendar(fields: Partial<CalendarEntry> = {}, organizer = ORGANIZER): string {
  const entry: CalendarEntry = {
    id: 'evt_000000000001' as EventId,
    title: 'Sunday sound',
    description: 'One hundred pairs.',
    translations: {},
    startsAtMs: Date.parse('2026-11-22T18:00:00.000Z'),
    endsAtMs: Date.parse('2026-11-22T19:30:00.000Z'),
    items: [],
    isCalledOff: false,
    sequence: 3,
    changedAtMs: Date.parse('2026-11-20T08:30:15.123Z'),
    shopName: undefined,
    ...fields,
  };
  return calendarOf(entry, { url: URL_OF_IT, organizer });
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
      'SEQUENCE:3',
      'DTSTAMP:20261120T083015Z',
      'LAST-MODIFIED:20261120T083015Z',
      'ORGANIZER;CN="Lamp Shop":mailto:hello@shop.example',
      'DTSTART:20261122T180000Z',
      'DTEND:20261122T193000Z',
      'SUMMARY:Sunday sound',
      `DESCRIPTION:One hundred pairs.\\n\\n${URL_OF_IT}`,
      `URL:${URL_OF_IT}`,
      'STATUS:CONFIRMED',
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

  it('names what is sold, with its variants', () => {
    const items = [
      { name: 'Lamp', translations: {}, labels: [] },
      { name: 'Shoe; low', translations: {}, labels: ['41', '42'] },
    ];
    expect(linesOf(calendar({ items }))).toContain(
      `DESCRIPTION:One hundred pairs.\\n\\nLamp\\nShoe\\; low: 41\\, 42\\n\\n${URL_OF_IT}`,
    );
  });

  it('cancels an event that was called off, at its planned times and without an alarm', () => {
    const lines = linesOf(calendar({ isCalledOff: true }));
    expect(lines).toContain('METHOD:CANCEL');
    expect(lines).toContain('STATUS:CANCELLED');
    expect(lines).toContain('DTSTART:20261122T180000Z');
    expect(lines).toContain('DTEND:20261122T193000Z');
    expect(lines).not.toContain('BEGIN:VALARM');
  });

  it('has no end where it would not be later than the start', () => {
    const startsAtMs = Date.parse('2026-11-22T18:00:00.100Z');
    const lines = linesOf(calendar({ startsAtMs, endsAtMs: startsAtMs + 800 }));
    expect(lines).toContain('DTSTART:20261122T180000Z');
    expect(lines.filter((line) => line.startsWith('DTEND'))).toEqual([]);
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
