/** Signing in or registering: who it succeeds for is signed in, and no draft of it is left. */
import type { Session } from '../../worker/contract/accounts.ts';
import type { Result } from '../api/call-problem.ts';
import type { Drafts } from '../page/drafts.ts';
import type { SessionStore } from '../session/session-store.ts';
import { forgetAccountDrafts } from './account-drafts.ts';
import { createSubmission, type Submission } from './submission.ts';

export interface SignInPorts<Fields> {
  readonly session: Pick<SessionStore, 'start'>;
  readonly drafts: Pick<Drafts, 'write'>;
  send(fields: Fields): Promise<Result<Session>>;
}

export function createSignIn<Fields>({
  session,
  drafts,
  send,
}: SignInPorts<Fields>): Submission<Fields> {
  return createSubmission(send, (started) => {
    forgetAccountDrafts(drafts);
    session.start(started);
  });
}
