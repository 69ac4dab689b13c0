/** A sale as an entry of a calendar: iCalendar (RFC 5545), made of what anyone may read. */
import type { EventDetail } from '../contract/events.ts';

/** Octets of a line, without its line break. */
const LINE_OCTETS_MAX = 75;
const ALARM_BEFORE = '-PT10M';
/** A UID is one event's anywhere, so it is not left out. */
const HOST_UNKNOWN = 'swiftdrop.invalid';

/**
 * @param at.url where the sale is, absolute; undefined where the shop knows no address of its own
 * @param at.nowMs milliseconds since the epoch
 */
export function calendarOf(
  event: EventDetail,
  at: { url: string | undefined; nowMs: number },
): string {
  const { id, title, description, startsAt, endsAt } = event;
  const about = [description, at.url].filter(Boolean).join('\n\n');
  const host = at.url === undefined ? HOST_UNKNOWN : new URL(at.url).hostname;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//SwiftDrop//Events//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    // Of the shop and not of this moment, so that a second download changes the first entry.
    `UID:${id}@${host}`,
    `DTSTAMP:${utc(at.nowMs)}`,
    `DTSTART:${utc(Date.parse(startsAt))}`,
    `DTEND:${utc(Date.parse(endsAt))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(about)}`,
    ...(at.url === undefined ? [] : [`URL:${at.url}`]),
    // Whoever waits for a sale is not busy for all of its hours.
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    `TRIGGER:${ALARM_BEFORE}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
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
