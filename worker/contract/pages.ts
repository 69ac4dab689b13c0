/**
 * What the Worker asks of the client's components when it draws a page, and what a drawn page brings
 * along for the browser to begin with. Nothing in it is of one reader alone.
 */
import type { Draw } from './draw.ts';
import type { EventDetail, EventItem, EventList } from './events.ts';
import type { Face } from './face.ts';
import type { EventId } from './ids.ts';
import type { Language } from './languages.ts';
import type { LegalPage, LegalPageText } from './legal.ts';
import type { Report } from './report.ts';

/** What a page shows, as of `serverNow`. */
export type PageData =
  | { readonly kind: 'events'; readonly list: EventList; readonly sought?: SoughtEvents }
  | { readonly kind: 'event'; readonly event: EventDetail }
  | { readonly kind: 'legal'; readonly legal: LegalPageText }
  | DrawPageData
  | { readonly kind: 'report'; readonly report: Report; readonly serverNow: string }
  | { readonly kind: 'missing'; readonly serverNow: string };

/** What a list of events is narrowed to. */
export interface SoughtEvents {
  readonly q?: string;
  readonly category?: string;
}

export interface DrawPageData {
  readonly kind: 'draw';
  readonly eventId: EventId;
  readonly draw: Draw;
  /** Null where it is not public any more: what somebody has a receipt of stays. */
  readonly event: DrawnEvent | null;
  readonly serverNow: string;
}

/** What the page of a draw shows of its event. */
export interface DrawnEvent extends Pick<EventDetail, 'title' | 'translations' | 'entriesCloseAt'> {
  readonly items: readonly Pick<EventItem, 'id' | 'name' | 'translations' | 'variant'>[];
}

/** Which words and figures a page is written in. */
export interface Reader {
  /** Of the page's words: BCP 47. */
  readonly language: string;
  /** Of its numbers and dates: a BCP 47 tag that Intl takes. */
  readonly locale: string;
}

/** What a page draws of the shop's own face; its styles are put in beside. */
export type PageFace = Pick<Face, 'name' | 'logoUrl' | 'footerLinks' | 'languages'> &
  Partial<Pick<Face, 'version'>>;

export interface PageAsked {
  readonly data: PageData;
  readonly reader: Reader;
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string;
  /** The shop's public address, as `https://shop.example`; null where none is configured. */
  readonly origin: string | null;
  /** Of its address, without the query. */
  readonly path: string;
  /** Where pictures of reports are, as `https://previews.example`; null where there are none. */
  readonly previews: string | null;
  /** Which legal pages there are to be linked to. */
  readonly legalPages: readonly LegalPage[];
  /** Null while all is as the product comes. */
  readonly face: PageFace | null;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** HTML to be put into the built page. */
export interface DrawnPage {
  readonly language: string;
  /** Title, description and all that previews and search engines read. */
  readonly head: string;
  /** What the components drew. */
  readonly body: string;
  /** For readers without script. */
  readonly note: string;
}

/** Pure: the same page for the same question. Throws what a component throws. */
export type DrawPage = (asked: PageAsked) => DrawnPage;

/** Of an event that need not be published. */
export interface PreviewAsked extends PageAsked {
  /** When the link ends; null where it has, or where there is no such event any more. */
  readonly until: string | null;
}

/** As `DrawPage`, with the word what the page is. */
export type DrawPreview = (asked: PreviewAsked) => DrawnPage;

/**
 * @param said the request's `Accept-Language` and `Cookie`, empty where it has none; and which
 * languages the shop offers, null for all.
 */
export type ChooseReader = (said: {
  acceptLanguage: string;
  cookies: string;
  languages: readonly Language[] | null;
}) => Reader;
