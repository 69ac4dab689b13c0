/**
 * A page as HTML, drawn by the Worker with the same components as in the browser. Must not know who
 * looks: what it draws is the page of somebody signed out, with the server's clock.
 */
import { signal } from '@preact/signals-core';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { ChooseReader, DrawPage, PageAsked, PageData } from '../../worker/contract/pages.ts';
import { eventIn } from '../../worker/contract/text-in.ts';
import type { ShopApi } from '../api/api.ts';
import { CheckPanel } from '../draw/check-panel.tsx';
import { DrawView } from '../draw/draw-view.tsx';
import { DRAW_DE } from '../draw/texts/de.ts';
import { DRAW_EN } from '../draw/texts/en.ts';
import { speakOfDraws } from '../draw/texts/texts.ts';
import { listQuery } from '../events/sought.ts';
import { createHolds } from '../holds/holds.ts';
import { createOrderUpdates } from '../holds/order-updates.ts';
import { LegalText } from '../legal/legal-text.tsx';
import { createDrafts } from '../page/drafts.ts';
import { LocationContext } from '../page/location.tsx';
import { createInitialAnswers } from '../page/page-data.ts';
import { NO_MEMORY } from '../page/page-memory.ts';
import { ReportPage } from '../report/report-page.tsx';
import { type Shop, ShopContext } from '../shop/shop.ts';
import { DE } from '../texts/de.ts';
import { EN } from '../texts/en.ts';
import { chosenIn, type Language, languageFor, localeFor, preferredIn } from '../texts/language.ts';
import { LEGAL_DE } from '../texts/lazy/legal-de.ts';
import { LEGAL_EN } from '../texts/lazy/legal-en.ts';
import { NO_SCRIPT } from '../texts/no-script.ts';
import { REPORT_DE } from '../texts/report/de.ts';
import { REPORT_EN } from '../texts/report/en.ts';
import { LANGUAGE, speak, type Words } from '../texts/texts.ts';
import { createServerClock } from '../time/server-clock.ts';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { Frame } from './app.tsx';
import { PageHead } from './page-head.tsx';
import { ReportHead } from './report-head.tsx';

const WORDS: Readonly<Record<Language, Words>> = { en: EN, de: DE };
const DRAW_WORDS = { en: DRAW_EN, de: DRAW_DE } as const;
const LEGAL_WORDS = { en: LEGAL_EN, de: LEGAL_DE } as const;
const REPORT_WORDS = { en: REPORT_EN, de: REPORT_DE } as const;

export const chooseReader: ChooseReader = ({ acceptLanguage, cookies, languages }) => {
  const preferred = preferredIn(acceptLanguage);
  const language = languageFor({ preferred, chosen: chosenIn(cookies) }, languages ?? undefined);
  return { language, locale: localeFor(language, preferred) };
};

export const drawPage: DrawPage = (read) => {
  const { path, reader, face } = read;
  // What is spoken is the module's: it holds until the page is drawn, since nothing here waits.
  const language = languageFor({ preferred: [reader.language], chosen: null });
  speak(WORDS[language], reader.locale, face?.name);
  speakOfDraws(DRAW_WORDS[language]);
  const asked = { ...read, data: spoken(read.data) };
  const sought = asked.data.kind === 'events' ? asked.data.sought : undefined;
  const query = { ...sought };
  const url = `${path}${listQuery(query)}`;
  const location = { url, path, query, isPush: false, route() {} };
  return {
    language: LANGUAGE,
    head: renderToString(headOf(asked)),
    body: renderToString(
      <ShopContext.Provider value={shopFor(asked)}>
        <LocationContext.Provider value={location}>
          <Frame fetched={fetchedOf(asked)} />
        </LocationContext.Provider>
      </ShopContext.Provider>,
    ),
    note: renderToString(<>{NO_SCRIPT[LANGUAGE]}</>),
  };
};

/** With the texts that the browser shows in its place. */
function spoken(data: PageData): PageData {
  if (data.kind === 'event') return { ...data, event: eventIn(LANGUAGE, data.event) };
  if (data.kind !== 'draw') return data;
  return { ...data, event: data.event && eventIn(LANGUAGE, data.event) };
}

function headOf(asked: PageAsked) {
  const { data } = asked;
  if (data.kind !== 'report') return <PageHead {...asked} />;
  return <ReportHead {...asked} report={data.report} words={REPORT_WORDS[LANGUAGE]} />;
}

/** Whatever else the browser fetches is one person's own, and is not drawn here. */
function fetchedOf({ data, origin, path }: PageAsked): ComponentChildren {
  if (data.kind === 'missing') return <NotFoundScreen />;
  if (data.kind === 'draw') {
    const { eventId, draw, event } = data;
    return (
      <DrawView eventId={eventId} draw={draw} event={event}>
        <CheckPanel
          eventId={eventId}
          start={null}
          ownEntries={[]}
          receipt=""
          timeOf={unreachable}
          nameOf={unreachable}
        />
      </DrawView>
    );
  }
  if (data.kind === 'report') {
    const address = origin && `${origin}${path}`;
    return <ReportPage report={data.report} words={REPORT_WORDS[LANGUAGE]} address={address} />;
  }
  if (data.kind !== 'legal') return undefined;
  const { legal } = data;
  return <LegalText page={legal.page} legal={legal} words={LEGAL_WORDS[LANGUAGE]} />;
}

/** No effect runs while the server draws, so that nothing is asked of most of this. */
function shopFor({ data, reader, timeZone, legalPages, face, nowMs }: PageAsked): Shop {
  return {
    api: {} as ShopApi,
    initial: createInitialAnswers(data, nowMs),
    openLiveSocket: unreachable,
    clock: createServerClock(() => nowMs),
    session: { current: signal(null), token: () => null, start: unreachable, end: unreachable },
    drafts: createDrafts(null),
    holds: createHolds(),
    orderUpdates: createOrderUpdates(null),
    memory: NO_MEMORY,
    accountNews: signal(null),
    sendsMail: false,
    legalPages,
    face,
    locale: reader.locale,
    chooseLanguage: unreachable,
    reload: unreachable,
    timeZone,
    newKey: unreachable,
    random: unreachable,
  };
}

function unreachable(): never {
  throw new Error('the server draws and does nothing else');
}
