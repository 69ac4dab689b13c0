/** Which of the fetched screens belongs to which address. Must not know what they show. */
import type { ComponentType } from 'preact';
import type { LegalPage } from '../../worker/contract/legal.ts';
import { ForgottenScreen } from '../account/forgotten-screen.tsx';
import { ProfileScreen } from '../account/profile-screen.tsx';
import { RegisterScreen } from '../account/register-screen.tsx';
import { ResetScreen } from '../account/reset-screen.tsx';
import { SignInScreen } from '../account/sign-in-screen.tsx';
import { VerifyScreen } from '../account/verify-screen.tsx';
import { LegalScreen } from '../legal/legal-screen.tsx';
import { OrderScreen } from '../orders/order-screen.tsx';
import { OrdersScreen } from '../orders/orders-screen.tsx';
import { PushSection } from '../push/push-section.tsx';
import { ReminderOffScreen } from '../reminders/reminder-off-screen.tsx';
import { KeptReport } from '../report/kept-report.tsx';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { type DrawPage, loadDraw } from './draw-loader.ts';
import { FetchedScreen } from './fetched-screen.tsx';

const SCREENS: Readonly<Record<string, ComponentType>> = {
  '/sign-in': SignInScreen,
  '/register': RegisterScreen,
  '/forgotten': ForgottenScreen,
  '/reset': ResetScreen,
  '/verify': VerifyScreen,
  '/orders': OrdersScreen,
  '/profile': Profile,
  '/reminders/off': ReminderOffScreen,
};
const ADMIN = /^\/admin(\/|$)/;
const ORDER = /^\/orders\/([^/]+)$/;
const DRAW = /^\/events\/([^/]+)\/draw$/;
const REPORT = /^\/events\/[^/]+\/report$/;
const LEGAL = /^\/legal\/(imprint|terms|privacy|returns)$/;

export interface ScreenAtProps {
  readonly path: string;
  console(): Promise<ComponentType>;
  draw?(): Promise<DrawPage>;
}

let fetchedDraw: DrawPage | undefined;

/** Fetches what is drawn at a path, beyond what is here; where that fails, the screen says so. */
export async function fetchScreen(path: string): Promise<void> {
  if (DRAW.test(path)) fetchedDraw = await loadDraw().catch(() => undefined);
}

export function ScreenAt({ path, console, draw = loadDraw }: ScreenAtProps) {
  const [, orderId] = ORDER.exec(path) ?? [];
  if (orderId !== undefined) return <OrderScreen key={orderId} id={orderId} />;
  const [, legalPage] = LEGAL.exec(path) ?? [];
  if (legalPage !== undefined) return <LegalScreen key={legalPage} page={legalPage as LegalPage} />;
  if (REPORT.test(path)) return <KeptReport />;
  const [, eventId] = DRAW.exec(path) ?? [];
  if (eventId !== undefined) {
    return <FetchedScreen key={path} load={draw} fetched={fetchedDraw} given={{ eventId }} />;
  }
  if (ADMIN.test(path)) return <FetchedScreen key="console" load={console} given={{}} />;
  const Screen = SCREENS[path] ?? NotFoundScreen;
  return <Screen />;
}

function Profile() {
  return <ProfileScreen device={<PushSection />} />;
}
