/** The parts that no first screen needs, fetched together: accounts, orders, reviews, the hold's bar. */

import { ProfileScreen } from '../account/profile-screen.tsx';
import { RegisterScreen } from '../account/register-screen.tsx';
import { SignInScreen } from '../account/sign-in-screen.tsx';
import { EventAnnouncements } from '../announcements/event-announcements.tsx';
import { Discussion } from '../discussion/discussion.tsx';
import { OrdersScreen } from '../orders/orders-screen.tsx';
import { ScrollPlaces } from '../page/scroll-places.ts';
import { TranslatedPage } from '../page/translated-page.ts';
import { HoldBar } from '../purchase/hold-bar.tsx';
import { ItemRating, RatingLine } from '../reviews/item-rating.tsx';
import { ItemReviews } from '../reviews/item-reviews.tsx';
import { loadLazyTexts } from '../texts/lazy/load.ts';
import { speakLazy } from '../texts/lazy/texts.ts';
import { LANGUAGE } from '../texts/texts.ts';

const PARTS = {
  RegisterScreen,
  SignInScreen,
  Discussion,
  EventAnnouncements,
  HoldBar,
  ItemRating,
  ItemReviews,
  OrdersScreen,
  ProfileScreen,
  RatingLine,
  ScrollPlaces,
  TranslatedPage,
};

export type LazyParts = typeof PARTS;

/** @throws if something that belongs to it cannot be fetched */
export async function openLazyParts(): Promise<LazyParts> {
  speakLazy(await loadLazyTexts(LANGUAGE));
  return PARTS;
}
