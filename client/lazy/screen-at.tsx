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
import { ReminderOffScreen } from '../reminders/reminder-off-screen.tsx';
import { NotFoundScreen } from '../ui/not-found-screen.tsx';
import { ConsoleScreen, type ConsoleScreenProps } from './console-screen.tsx';

const SCREENS: Readonly<Record<string, ComponentType>> = {
  '/sign-in': SignInScreen,
  '/register': RegisterScreen,
  '/forgotten': ForgottenScreen,
  '/reset': ResetScreen,
  '/verify': VerifyScreen,
  '/orders': OrdersScreen,
  '/profile': ProfileScreen,
  '/reminders/off': ReminderOffScreen,
};
const ADMIN = /^\/admin(\/|$)/;
const ORDER = /^\/orders\/([^/]+)$/;
const LEGAL = /^\/legal\/(imprint|terms|privacy|returns)$/;

export interface ScreenAtProps extends ConsoleScreenProps {
  readonly path: string;
}

export function ScreenAt({ path, console }: ScreenAtProps) {
  const [, orderId] = ORDER.exec(path) ?? [];
  if (orderId !== undefined) return <OrderScreen key={orderId} id={orderId} />;
  const [, legalPage] = LEGAL.exec(path) ?? [];
  if (legalPage !== undefined) return <LegalScreen key={legalPage} page={legalPage as LegalPage} />;
  if (ADMIN.test(path)) return <ConsoleScreen console={console} />;
  const Screen = SCREENS[path] ?? NotFoundScreen;
  return <Screen />;
}
