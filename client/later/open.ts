/** All that no first screen needs, opened together: accounts, orders, items, talk, the hold's bar. */
import { OrdersScreen } from '../screens/orders-screen.tsx';
import { RegisterScreen } from '../screens/register-screen.tsx';
import { SignInScreen } from '../screens/sign-in-screen.tsx';
import { LANGUAGE } from '../texts.ts';
import { Discussion } from './discussion.tsx';
import { EventAnnouncements } from './event-announcements.tsx';
import { HoldBar } from './hold-bar.tsx';
import { ItemRating, RatingLine } from './item-rating.tsx';
import { ItemReviews } from './item-reviews.tsx';
import { ProfileScreen } from './profile-screen.tsx';
import { ScrollPlaces } from './scroll-places.ts';
import { loadLaterTexts } from './texts/load.ts';
import { speakLater } from './texts.ts';
import { TranslatedPage } from './translated-page.ts';

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

export type LaterParts = typeof PARTS;

/** @throws if something that belongs to it cannot be fetched */
export async function openLater(): Promise<LaterParts> {
  speakLater(await loadLaterTexts(LANGUAGE));
  return PARTS;
}
