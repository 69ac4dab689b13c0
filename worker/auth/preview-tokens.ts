/**
 * What a link to a draft carries: names the event and when the link ends, and is signed, so nothing is kept
 * of it. It can do nothing but show that one event.
 */
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type EventId, eventIdSchema } from '../contract/ids.ts';

/** No dot in it, since an address that ends like a file's name is none of a page. */
const FORM = /^([0-9a-z]{12})([0-9a-z]{7})([\w-]{43})$/;
/** Enough for seconds since the epoch in base 36 until the year 4453. */
const END_CHARS = 7;
const RADIX = 36;

export interface NamedPreview {
  eventId: EventId;
  /** In whole seconds, in milliseconds since the epoch. */
  endsAtMs: number;
}

export interface PreviewTokens {
  /** The end is cut to whole seconds. */
  make(preview: NamedPreview): string;
  /** @returns undefined for a token that was not made here; whether it has ended is the caller's to tell. */
  read(token: string): NamedPreview | undefined;
}

/** @param secrets what tokens were signed with, the one for new ones first. */
export function createPreviewTokens(...secrets: [string, ...string[]]): PreviewTokens {
  const signed = (name: string, secret: string = secrets[0]) =>
    createHmac('sha256', secret).update(`preview ${name}`).digest('base64url');
  return {
    make({ eventId, endsAtMs }) {
      const end = Math.floor(endsAtMs / 1_000).toString(RADIX);
      const name = eventId.slice(4) + end.padStart(END_CHARS, '0');
      return name + signed(name);
    },
    read(token) {
      const [, event, end = '', signature = ''] = FORM.exec(token) ?? [];
      const eventId = eventIdSchema.safeParse(`evt_${event}`);
      if (!eventId.success) return undefined;
      const isOurs = secrets.some((secret) =>
        timingSafeEqual(Buffer.from(signature), Buffer.from(signed(`${event}${end}`, secret))),
      );
      if (!isOurs) return undefined;
      return { eventId: eventId.data, endsAtMs: Number.parseInt(end, RADIX) * 1_000 };
    },
  };
}
