/** The parts that no first screen needs, fetched together: accounts, orders, reviews, the hold's bar. */

import { AccountNewsNotice } from '../account/account-news.tsx';
import { VerifyFirst } from '../account/verify-first.tsx';
import { DeliveryPlaces } from '../address/delivery-places.tsx';
import { CancelledNote } from '../announcements/cancelled-note.tsx';
import { Discussion } from '../discussion/discussion.tsx';
import { GalleryMore } from '../gallery/gallery-more.tsx';
import { PayHold } from '../payment/pay-hold.tsx';
import { Explained } from '../purchase/explained.tsx';
import { Hold } from '../purchase/hold.tsx';
import { NextRelease } from '../purchase/next-release.tsx';
import { PurchaseNews } from '../purchase/purchase-news.tsx';
import { NextForPlace } from '../queue/next-for-place.tsx';
import { QueuePart } from '../queue/queue-part.tsx';
import { Remind } from '../reminders/remind.tsx';
import { ItemRating, RatingLine } from '../reviews/item-rating.tsx';
import { ItemReviews } from '../reviews/item-reviews.tsx';
import { keepLiveSocket } from '../sale/live-socket.ts';
import { loadLazyTexts } from '../texts/lazy/load.ts';
import { speakLazy } from '../texts/lazy/texts.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { AfterEvent } from './after-event.tsx';
import { OnEveryPage } from './on-every-page.tsx';
import { fetchScreen, ScreenAt } from './screen-at.tsx';

const PARTS = {
  AccountNewsNotice,
  CancelledNote,
  DeliveryPlaces,
  Discussion,
  EventAnnouncements: AfterEvent,
  Explained,
  GalleryMore,
  Hold,
  ItemRating,
  ItemReviews,
  NextRelease,
  NextSteps: NextForPlace,
  OnEveryPage,
  PayHold,
  PurchaseNews,
  QueuePart,
  RatingLine,
  Remind,
  ScreenAt,
  VerifyFirst,
  keepLiveSocket,
};

export type LazyParts = typeof PARTS;

/**
 * @param path of the page, whose screen may need more
 * @throws if something that belongs to it cannot be fetched
 */
export async function openLazyParts(path = ''): Promise<LazyParts> {
  const [texts] = await Promise.all([loadLazyTexts(LANGUAGE), fetchScreen(path)]);
  speakLazy(texts);
  return PARTS;
}
