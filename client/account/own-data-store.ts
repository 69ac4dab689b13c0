/** One's data as a file, and the end of one's account. Must not draw. */
import type { OwnData } from '../../worker/contract/own-data.ts';
import type { AccountNews } from '../shop/account-news.ts';
import type { AccountApi } from './account-api.ts';
import { createSubmission, type Submission } from './submission.ts';
import type { Member } from './use-member.ts';

export interface DownloadPorts {
  readonly api: Pick<AccountApi, 'ownData'>;
  act: Member['act'];
  /** Hands a file to whoever asked. */
  save(file: Blob, name: string): Promise<void>;
}

export interface Download extends Submission<undefined> {
  /** Whether the last file lacks entries of a list that was too long. */
  isPart(): boolean;
}

export function createDownload({ api, act, save }: DownloadPorts): Download {
  let isPart = false;
  const submission = createSubmission<undefined, OwnData>(
    () => act(() => api.ownData()),
    (data) => {
      isPart = data.incomplete.length > 0;
      const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
      void save(file, `swiftdrop-${data.madeAt.slice(0, 10)}.json`);
    },
  );
  return { ...submission, isPart: () => isPart };
}

export interface DeletionPorts {
  readonly api: Pick<AccountApi, 'deleteAccount'>;
  act: Member['act'];
  /** Leads away and forgets who was signed in. */
  leave(news: AccountNews): void;
}

export function createDeletion({
  api,
  act,
  leave,
}: DeletionPorts): Submission<{ password: string }> {
  return createSubmission(
    (fields) => act(() => api.deleteAccount(fields)),
    ({ isDone }) => leave(isDone ? 'deleted' : 'deleting'),
  );
}
