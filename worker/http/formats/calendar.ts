/**
 * A sale as an entry of a calendar (iCalendar, RFC 5545), published or cancelled as RFC 5546 wants
 * it. Made of what anyone may read; the same entry is the same text at any time.
 */
import type { CalendarEntry, CalendarItem } from '../../stores/postgres/calendar-entries.ts';

/** Octets of a line, without its line break. */
const LINE_OCTETS_MAX = 75;
const ALARM_BEFORE = '-PT10M';
/** A UID is one event's anywhere, so it is not left out. */
const HOST_UNKNOWN = 'swiftdrop.invalid';

/** Whose events these are. */
export interface Organizer {
  /** Without a double quote and control characters. */
  name: string;
  email: string;
}

/** @param at.url where the sale is, absolute; undefined where the shop knows no address of its own */
export function calendarOf(
  entry: CalendarEntry,
  at: { url: string | undefined; organizer: Organizer },
): string {
  const { id, title, description, items, isCalledOff, sequence } = entry;
  const about = [description, items.map(itemLine).join('\n'), at.url].filter(Boolean).join('\n\n');
  const host = at.url === undefined ? HOST_UNKNOWN : new URL(at.url).hostname;
  const changedAt = utc(entry.changedAtMs);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//SwiftDrop//Events//EN',
    `METHOD:${isCalledOff ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    // Of the shop and not of this moment, so that a second download changes the first entry.
    `UID:${id}@${host}`,
    `SEQUENCE:${sequence}`,
    // Not the moment of the download: of two entries the one with the later time would win.
    `DTSTAMP:${changedAt}`,
    `LAST-MODIFIED:${changedAt}`,
    `ORGANIZER;CN="${at.organizer.name}":mailto:${at.organizer.email}`,
    ...timeLines(entry),
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(about)}`,
    ...(at.url === undefined ? [] : [`URL:${at.url}`]),
    `STATUS:${isCalledOff ? 'CANCELLED' : 'CONFIRMED'}`,
    // Whoever waits for a sale is not busy for all of its hours.
    'TRANSP:TRANSPARENT',
    ...(isCalledOff ? [] : alarmLines(title)),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `Shoe: 41, 42, 43`. */
function itemLine({ name, labels }: CalendarItem): string {
  return labels.length === 0 ? name : `${name}: ${labels.join(', ')}`;
}

/** An end must be later than its start, in whole seconds; one that is not is left out. */
function timeLines({ startsAtMs, endsAtMs }: CalendarEntry): string[] {
  const [start, end] = [utc(startsAtMs), utc(endsAtMs)];
  return [`DTSTART:${start}`, ...(end > start ? [`DTEND:${end}`] : [])];
}

function alarmLines(title: string): string[] {
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    `TRIGGER:${ALARM_BEFORE}`,
    'END:VALARM',
  ];
}

/** The form of a date-time in UTC: `20261122T120000Z`. */
function utc(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

/** Section 3.3.11: backslash, semicolon, comma and line breaks. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** Section 3.1: a line that goes on begins with a space. No character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let text = '';
  let octets = 0;
  for (const character of line) {
    const { length } = encoder.encode(character);
    if (octets + length > LINE_OCTETS_MAX) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
