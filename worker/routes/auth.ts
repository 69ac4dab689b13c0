/** Accounts: register, sign in, refresh, sign out, the password and the address. */
import { Hono } from 'hono';
import type { Deps } from '../deps/deps.ts';
import { emailRoutes } from './auth/email.ts';
import { forgottenRoutes } from './auth/forgotten.ts';
import { passwordRoutes } from './auth/passwords.ts';
import { sessionRoutes } from './auth/sessions.ts';

type Groups = 'outbox' | 'stores' | 'accounts' | 'limits' | 'logging' | 'platform';

export function authRoutes(deps: Pick<Deps, Groups>) {
  return new Hono()
    .route('/', passwordRoutes(deps))
    .route('/', forgottenRoutes(deps))
    .route('/', emailRoutes(deps))
    .route('/', sessionRoutes(deps));
}
