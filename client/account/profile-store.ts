/** The forms of one's own profile as they are sent, and what is kept of them. Must not draw. */
import type { Drafts } from '../page/drafts.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { AccountApi } from './account-api.ts';
import { createSubmission, type Submission } from './submission.ts';
import type { Member } from './use-member.ts';

/** What is typed into the form of the name outlives a reload. */
export const NAME_DRAFT = 'profile name';

export interface ProfilePorts {
  readonly api: AccountApi;
  readonly session: Pick<SessionStore, 'token' | 'start'>;
  readonly drafts: Pick<Drafts, 'write'>;
  act: Member['act'];
}

export function createRename({
  api,
  session,
  drafts,
  act,
}: ProfilePorts): Submission<{ displayName: string }> {
  return createSubmission(
    (fields) => act(() => api.rename(fields)),
    (renamed) => {
      drafts.write(NAME_DRAFT, '');
      const token = session.token();
      if (token) session.start({ ...token, user: renamed });
    },
  );
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export function createPasswordChange({
  api,
  session,
  act,
}: Omit<ProfilePorts, 'drafts'>): Submission<PasswordChange> {
  return createSubmission(
    (fields) => act(() => api.changePassword(fields)),
    (renewed) => session.start(renewed),
  );
}
