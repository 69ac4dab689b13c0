/** Accounts: register, sign in, refresh, sign out, change the password. */
import { Hono } from 'hono';
import type { Deps } from '../deps/deps.ts';
import { passwordRoutes } from './auth/passwords.ts';
import { sessionRoutes } from './auth/sessions.ts';

type Groups = 'stores' | 'accounts' | 'limits' | 'logging' | 'platform';

export function authRoutes(deps: Pick<Deps, Groups>) {
  return new Hono().route('/', passwordRoutes(deps)).route('/', sessionRoutes(deps));
}
