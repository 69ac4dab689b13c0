/** Mails into a folder, by a process of the developer's machine: see local/mail-folder.ts. */
import { addressed, type Sender, type SendMail } from './mail.ts';
import { type Fetch, postJson } from './post-json.ts';

export interface FolderOptions {
  fetch: Fetch;
  url: string;
  sender: Sender;
  timeoutMs: number;
}

export function createFolder({ fetch, url, sender, timeoutMs }: FolderOptions): SendMail {
  return async (given, key) => {
    const { mail, sender: named } = addressed(given, sender);
    const answer = await postJson({
      fetch,
      url,
      headers: {},
      body: { ...mail, ...named, key },
      timeoutMs,
    });
    if (answer === undefined) return { kind: 'failed', reason: 'no_answer' };
    const { status } = answer;
    const reason = `status_${status}`;
    if (status >= 200 && status < 300) return { kind: 'done' };
    return status === 400 ? { kind: 'refused', reason } : { kind: 'failed', reason };
  };
}
