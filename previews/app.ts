/** Answers `/reports/{event}/{language}.png` with a picture that is drawn once in a while. Repeats nothing of a request. */
import { eventIdSchema } from '../worker/contract/ids.ts';
import { type Answer, keepAnswers } from './kept-answers.ts';
import { drawReport } from './picture.ts';
import { readReport, type ShopPorts } from './shop.ts';
import { LANGUAGES, WORDS } from './words.ts';

/** As long as a report that is not public any more may be seen in a picture. */
const PICTURE_SECONDS = 300;
/** A report may be there a moment later. */
const NONE_SECONDS = 60;
const RETRY_SECONDS = 60;
const PATH = /^\/reports\/([^/]{1,32})\/([a-z]{2})\.png$/;

const SAFE = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'",
  // Pictures are shown on pages of others.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

export interface PictureCache {
  match(address: string): Promise<Response | undefined>;
  put(address: string, response: Response): Promise<void>;
}

export interface PreviewsPorts extends ShopPorts {
  /** The platform's, of one data centre. */
  cache: PictureCache;
  nowMs(): number;
  log(message: string, error: unknown): void;
}

/** What outlives the answer: `waitUntil` of its request. */
export type Later = (work: Promise<unknown>) => void;

export function createPreviews(
  ports: PreviewsPorts,
): (request: Request, later: Later) => Promise<Response> {
  const kept = keepAnswers();
  return async (request, later) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' });
    }
    const { origin, pathname } = new URL(request.url);
    const asked = askedIn(pathname);
    if (asked === undefined) return none();
    const known = kept.find(pathname, ports.nowMs());
    if (known !== undefined) return responseOf(known);
    // Without the query, which says nothing and could ask for any number of copies.
    const key = `${origin}${pathname}`;
    try {
      const cached = await ports.cache.match(key);
      if (cached !== undefined) return cached;
      const report = await readReport(ports, asked.id);
      const answer: Answer =
        report === undefined
          ? 'no_report'
          : { picture: await drawReport(report, WORDS[asked.language]) };
      const seconds = answer === 'no_report' ? NONE_SECONDS : PICTURE_SECONDS;
      kept.keep(pathname, answer, ports.nowMs() + seconds * 1_000);
      later(ports.cache.put(key, responseOf(answer)));
      return responseOf(answer);
    } catch (error) {
      ports.log('no picture was drawn', error);
      return plain(503, 'Not now.', { 'Retry-After': String(RETRY_SECONDS) });
    }
  };
}

function askedIn(pathname: string) {
  const [, event, asked] = PATH.exec(pathname) ?? [];
  const id = eventIdSchema.safeParse(event);
  const language = LANGUAGES.find((one) => one === asked);
  return id.success && language !== undefined ? { id: id.data, language } : undefined;
}

function responseOf(answer: Answer): Response {
  if (answer === 'no_report') return none();
  return new Response(answer.picture, {
    headers: {
      ...SAFE,
      'Content-Type': 'image/png',
      'Cache-Control': `public, max-age=${PICTURE_SECONDS}`,
    },
  });
}

function none(): Response {
  return plain(404, 'There is no such picture.', {
    'Cache-Control': `public, max-age=${NONE_SECONDS}`,
  });
}

function plain(status: number, text: string, headers: Record<string, string>): Response {
  return new Response(text, {
    status,
    headers: {
      'Cache-Control': 'no-store',
      ...SAFE,
      'Content-Type': 'text/plain; charset=utf-8',
      ...headers,
    },
  });
}
