/** The head of every screen: where one can go, and who one is. */
import { isolated } from '../format/direction.ts';
import { useShop } from '../shop/shop.ts';
import { BRAND, TEXTS } from '../texts/texts.ts';
import { SignOut } from './sign-out.tsx';

export interface SiteHeaderProps {
  /** Null while signed out. */
  readonly userName: string | null;
  readonly isAdmin: boolean;
  /** The path shown now, to mark where one is. */
  readonly path: string;
  readonly signInHref: string;
  /** On this device. */
  onSignOut(): void;
}

export function SiteHeader({ userName, isAdmin, path, signInHref, onSignOut }: SiteHeaderProps) {
  const { face } = useShop();
  const current = (href: string) => (path === href ? { 'aria-current': 'page' as const } : {});
  return (
    <header class="site-header">
      <a class="brand" href="/" {...current('/')}>
        {face === null && <BrandMark />}
        {face?.logoUrl ? <img class="brand-logo" src={face.logoUrl} alt={BRAND} /> : BRAND}
      </a>
      <nav aria-label={TEXTS.mainNavigation}>
        {userName === null ? (
          <a class="nav-link" href={signInHref} {...current('/sign-in')}>
            {TEXTS.signIn}
          </a>
        ) : (
          // An element of its own, so that none of the server's, drawn for a guest, moves into it.
          <div class="nav-account">
            {isAdmin && (
              <a class="nav-link" href="/admin" {...(path.startsWith('/admin') && current(path))}>
                {TEXTS.admin}
              </a>
            )}
            <a class="nav-link" href="/orders" {...current('/orders')}>
              {TEXTS.orders}
            </a>
            <a
              class="account"
              href="/profile"
              aria-label={TEXTS.signedInAs(isolated(userName))}
              {...current('/profile')}
            >
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="8" r="4.5" />
                <path d="M3.5 21a8.5 8.5 0 0 1 17 0" />
              </svg>
              <span class="user-name" dir="auto">
                {userName}
              </span>
            </a>
            <SignOut onSignOut={onSignOut} />
          </div>
        )}
      </nav>
    </header>
  );
}

/** A drop with a bolt cut out of it. */
function BrandMark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 2c5.5 6.6 10 11.7 10 17a10 10 0 0 1-20 0C6 13.7 10.5 8.6 16 2Z" />
      <path class="brand-bolt" d="m17.5 11-5.5 8h3.6l-1.2 6 5.8-8.3h-3.7z" />
    </svg>
  );
}
